package uk.usbguard.core.container;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.error.CommitLimitException;
import uk.usbguard.core.extent.BatchBuilder;
import uk.usbguard.core.extent.FinishedBatch;
import uk.usbguard.core.extent.Region;
import uk.usbguard.core.format.BatchPlace;
import uk.usbguard.core.format.CommitRecord;
import uk.usbguard.core.format.EpochSalt;
import uk.usbguard.core.format.FormatLimits;
import uk.usbguard.core.format.Trailer;
import uk.usbguard.core.record.Records;
import uk.usbguard.core.record.WriteEpoch;

/**
 * The batches of the commit in the making: the one that is being filled, those that are full, and
 * where the container will end. Not safe for several threads; the session locks.
 */
final class PendingBatches {

  private final Records records;
  private final CommitOutput output;
  private final SpaceBook space;
  private final Executor sealers;
  private final ChangeLog log;
  private final List<FinishedBatch> parts = new ArrayList<>();
  private WriteEpoch epoch;
  private long end;
  private @Nullable BatchBuilder filling;

  /** Makes the commit record when the length of its batch is known. */
  @FunctionalInterface
  interface Closing {
    /** Takes the new end, the length of the last batch, and the places of the others. */
    CommitRecord record(long newEnd, long lengthBytes, List<BatchPlace> others);
  }

  /**
   * Nothing is pending yet.
   *
   * @param log hears which space is skipped
   * @param end where the container ends
   */
  PendingBatches(
      Records records,
      CommitOutput output,
      SpaceBook space,
      Executor sealers,
      ChangeLog log,
      long end) {
    this.records = records;
    this.output = output;
    this.space = space;
    this.sealers = sealers;
    this.log = log;
    this.end = end;
    this.epoch = records.newEpoch();
  }

  /** Forgets what is pending; what was sealed meanwhile is never sealed again in its epoch. */
  void restart(long durableEnd) {
    end = durableEnd;
    filling = null;
    parts.clear();
    epoch = records.newEpoch();
  }

  /** Where the container ends once the full batches are written. */
  long end() {
    return end;
  }

  /** The container ends further in front: what is behind was free. */
  void shortenTo(long shorter) {
    end = shorter;
  }

  /** The batch that is being filled. */
  @Nullable BatchBuilder filling() {
    return filling;
  }

  boolean isEmpty() {
    return filling == null && parts.isEmpty();
  }

  /** How many batches are full. */
  int fullCount() {
    return parts.size();
  }

  /** Bytes of all of them. */
  long bytes() {
    long bytes = filling == null ? 0 : filling.usedBytes();
    for (FinishedBatch part : parts) {
      bytes += part.place().length();
    }
    return bytes;
  }

  /** The salt of the epoch that the next record is sealed in. */
  EpochSalt salt() {
    return epoch.salt();
  }

  /** Begins the next batch. */
  BatchBuilder begin(Region region, long generation) throws CommitLimitException {
    long gap = space.gapBefore(region, end);
    if (gap > 0) {
      log.skip(new Trailer.Skipped(end, gap));
    }
    if (epoch.isWorn()) {
      epoch = records.newEpoch();
    }
    if (generation >= FormatLimits.MAXIMUM_GENERATION) {
      throw new CommitLimitException("generations");
    }
    BatchBuilder builder =
        new BatchBuilder(
            epoch, records.container(), region, generation, sealers, output.spareBuffer());
    filling = builder;
    return builder;
  }

  /** Ends the batch that is being filled, if there is one, without a commit. */
  void finishPart() throws CommitLimitException {
    BatchBuilder builder = filling;
    if (builder == null) {
      return;
    }
    if (parts.size() == FormatLimits.MAXIMUM_BATCHES_PER_COMMIT) {
      throw new CommitLimitException("batches of one commit");
    }
    FinishedBatch part = builder.finishPart();
    filling = null;
    parts.add(part);
    endsBehind(part);
    part.leftOver().forEach(log::skip);
  }

  /** Ends the last batch with the commit; all of them, in order. Then nothing is pending. */
  List<FinishedBatch> finish(BatchBuilder last, Trailer tail, Closing closing) {
    List<BatchPlace> others = parts.stream().map(FinishedBatch::place).toList();
    Region region = last.region();
    FinishedBatch finished =
        last.finishCommit(
            tail,
            length -> {
              long newEnd = region.kind() == Region.Kind.END ? region.position() + length : end;
              return closing.record(newEnd, length, others);
            });
    filling = null;
    endsBehind(finished);
    parts.add(finished);
    List<FinishedBatch> all = List.copyOf(parts);
    parts.clear();
    return all;
  }

  private void endsBehind(FinishedBatch batch) {
    if (batch.region().kind() == Region.Kind.END) {
      end = batch.place().position() + batch.place().length();
    }
  }

  /** Reads a record that is not on the medium yet, to the buffer's limit; false if it is there. */
  boolean read(long batchPosition, int offset, ByteBuffer target) {
    if (filling != null && filling.region().position() == batchPosition) {
      filling.awaitSealed();
      filling.read(offset, target);
      return true;
    }
    FinishedBatch found = part(batchPosition);
    if (found == null) {
      found = output.onItsWay(batchPosition);
    }
    if (found == null) {
      return false;
    }
    target.put(found.bytes(), offset, target.remaining());
    return true;
  }

  private @Nullable FinishedBatch part(long position) {
    for (FinishedBatch part : parts) {
      if (part.place().position() == position) {
        return part;
      }
    }
    return null;
  }

  /** Waits until what was added so far no longer needs the caller's bytes. */
  void awaitSealed() {
    if (filling != null) {
      filling.awaitSealed();
    }
  }
}
