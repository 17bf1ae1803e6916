package uk.usbguard.core.container;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.error.CommitLimitException;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.extent.BatchBuilder;
import uk.usbguard.core.extent.FinishedBatch;
import uk.usbguard.core.extent.Layout;
import uk.usbguard.core.extent.Region;
import uk.usbguard.core.format.BatchLayout;
import uk.usbguard.core.format.BatchPlace;
import uk.usbguard.core.format.CommitRecord;
import uk.usbguard.core.format.DataPointer;
import uk.usbguard.core.format.FormatLimits;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.NodePointer;
import uk.usbguard.core.format.RecordName;
import uk.usbguard.core.format.Trailer;
import uk.usbguard.core.format.Value;
import uk.usbguard.core.index.Index;
import uk.usbguard.core.index.IndexRoot;
import uk.usbguard.core.record.Records;
import uk.usbguard.core.record.WriteEpoch;

/**
 * Builds commits: takes records, remembers what changes, and at the end of a commit adds the
 * changed nodes, the trailer and the commit record. Not safe for several threads; the session
 * locks.
 */
final class CommitWriter {

  private static final int NODE = 16_384;

  /** Nodes that entering the books may add to the dirty ones. */
  private static final int SPARE_NODES = 4;

  /** What the medium must have left beside a commit before the reserve is touched. */
  private static final long COMFORT = 1L << 20;

  private final Records records;
  private final CommitOutput output;
  private final SpaceBook space;
  private final FullGauge gauge;
  private final Executor sealers;
  private final Clock clock;
  private final CommitPace pace;
  private long newestSeen;

  private WriteEpoch epoch;
  private CommittedState previous;
  private long end;
  private @Nullable BatchBuilder batch;
  private final List<FinishedBatch> parts = new ArrayList<>();
  private final ChangeLog log = new ChangeLog();
  private boolean dirty;
  private long mutations;
  private boolean usedReserve;
  private boolean booksDone;

  /** Tells how many bytes the medium still takes. */
  @FunctionalInterface
  interface FullGauge {
    /** Bytes, or a very large number if nobody knows. */
    long usableBytes();
  }

  CommitWriter(
      Records records,
      CommitOutput output,
      SpaceBook space,
      FullGauge gauge,
      Executor sealers,
      Clock clock,
      CommittedState start,
      long newestSeen) {
    this.records = records;
    this.output = output;
    this.space = space;
    this.gauge = gauge;
    this.sealers = sealers;
    this.clock = clock;
    this.newestSeen = newestSeen;
    this.previous = start;
    this.end = start.record().end();
    this.epoch = records.newEpoch();
    this.pace = new CommitPace(clock, space.largestRegion());
  }

  /** Goes back to a commit that is on the medium; what was built since is forgotten. */
  void restart(CommittedState durable, long highestRoot) {
    mutations++;
    usedReserve = false;
    newestSeen = Math.max(newestSeen, highestRoot); // it may be on the medium
    previous = durable;
    end = durable.record().end();
    batch = null;
    parts.clear();
    log.clear();
    dirty = false;
    booksDone = false;
    space.forget();
    epoch = records.newEpoch();
  }

  long generation() {
    return Math.max(previous.record().generation(), newestSeen) + 1;
  }

  CommittedState previous() {
    return previous;
  }

  boolean isDirty() {
    return dirty;
  }

  /** Counts changes, also those that were taken back. */
  long mutations() {
    return mutations;
  }

  /** True if the last commit had to go into the reserve. */
  boolean usedReserve() {
    return usedReserve;
  }

  /** Notes that something changed, from which moment a commit becomes due. */
  void touch() {
    mutations++;
    if (!dirty) {
      dirty = true;
      pace.begin(gauge.usableBytes());
    }
  }

  boolean isDue(Index index) {
    return dirty && pace.isDue(gatheredBytes(), index.dirtyNodes(), log.bytes());
  }

  private long gatheredBytes() {
    long bytes = batch == null ? 0 : batch.usedBytes();
    for (FinishedBatch part : parts) {
      bytes += part.place().length();
    }
    return bytes;
  }

  /** Adds content of a file. The bytes must stay until {@code whenSealed} ran. */
  DataPointer addData(
      Index index, byte[] plain, int length, long fileId, long fileOffset, Runnable whenSealed)
      throws IOException, ContainerException {
    touch();
    return roomFor(index, length).addData(plain, 0, length, fileId, fileOffset, whenSealed);
  }

  /** Adds a record as it is. */
  DataPointer addSealed(Index index, RecordName name, byte[] sealed, int sealedLength)
      throws IOException, ContainerException {
    touch();
    return roomFor(index, sealedLength - BatchLayout.SEAL).addSealed(name, sealed, 0, sealedLength);
  }

  /** Adds a node while the index is being written. */
  NodePointer addNode(byte[] plain, int length, int level) throws IOException, ContainerException {
    BatchBuilder builder = batch;
    if (builder == null || !builder.hasRoomFor(length, 1, 0)) {
      finishPart();
      Region region =
          space.atEnd(end, Layout.SMALLEST_REGION); // not a claim: the index is being written
      builder = begin(region);
    }
    return builder.addNode(plain, length, level);
  }

  /** Reads a record that is not on the medium yet; false if it is there. */
  boolean readPending(long batchPosition, int offset, byte[] target, int length) {
    if (batch != null && batch.region().position() == batchPosition) {
      batch.awaitSealed();
      batch.read(offset, target, 0, length);
      return true;
    }
    FinishedBatch found = part(batchPosition);
    if (found == null) {
      found = output.onItsWay(batchPosition);
    }
    if (found == null) {
      return false;
    }
    System.arraycopy(found.bytes(), offset, target, 0, length);
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

  /** Notes that nothing refers to these bytes of a batch any more. */
  void free(long batchPosition, long bytes) {
    touch();
    log.free(batchPosition, bytes);
  }

  /** Notes a change of the index for the trailer. */
  void changed(Key key, Optional<Value> value) {
    touch();
    log.changed(key, value);
  }

  private BatchBuilder roomFor(Index index, int plainLength)
      throws IOException, ContainerException {
    if (batch != null && !batch.hasRoomFor(plainLength, 1, 0)) {
      finishPart();
    }
    return batch == null ? begin(claim(index, Layout.SMALLEST_REGION)) : batch;
  }

  private Region claim(Index index, long minBytes) throws IOException, ContainerException {
    return space.claim(index, end, generation(), written(), minBytes);
  }

  private BatchBuilder begin(Region region) throws CommitLimitException {
    long gap = space.gapBefore(region, end);
    if (gap > 0) {
      log.skip(new Trailer.Skipped(end, gap));
    }
    if (epoch.isWorn()) {
      epoch = records.newEpoch();
    }
    if (generation() >= FormatLimits.MAXIMUM_GENERATION) {
      throw new CommitLimitException("generations");
    }
    BatchBuilder builder =
        new BatchBuilder(
            epoch, records.container(), region, generation(), sealers, output.spareBuffer());
    batch = builder;
    return builder;
  }

  private void finishPart() throws CommitLimitException {
    BatchBuilder builder = batch;
    if (builder == null) {
      return;
    }
    if (parts.size() == FormatLimits.MAXIMUM_BATCHES_PER_COMMIT) {
      throw new CommitLimitException("batches of one commit");
    }
    FinishedBatch part = builder.finishPart();
    batch = null;
    parts.add(part);
    if (part.region().kind() == Region.Kind.END) {
      end = part.place().position() + part.place().length();
    }
    part.leftOver().forEach(log::skip);
  }

  /** Waits until what was added so far no longer needs the caller's bytes. */
  void awaitSealed() {
    if (batch != null) {
      batch.awaitSealed();
    }
  }

  /** True if space is free in front of a place that only has to wait. */
  boolean hasYoungSpace(Index index, long inFrontOf) throws IOException, ContainerException {
    return space.hasYoung(index, inFrontOf, generation(), written());
  }

  /** Where the free space begins that reaches to the end; all of it, or only what waited. */
  long freeTail(Index index, boolean old) throws IOException, ContainerException {
    return space.tail(
        index, end, run -> !old || SpaceBook.isOldEnough(run, generation(), written()));
  }

  /** Looks for free space anew before the next batch. */
  void reviewSpace() {
    space.forget();
  }

  /**
   * Gives up the free space at the end, as far as it waited long enough: the next commit appends
   * further in front, and what lies behind can be cut off once that commit is on the medium.
   *
   * @return false if there is none
   */
  boolean shortenEnd(Index index) throws IOException, ContainerException {
    if (freeTail(index, true) == end) {
      return false;
    }
    touch();
    end = space.shorten(index, end, generation(), written());
    return true;
  }

  private long written() {
    return previous.record().bytesWritten();
  }

  /** Enters what the last commit did into the books of the next one; once, whoever asks first. */
  void enterBooks(Index index) throws IOException, ContainerException {
    if (!booksDone) {
      mutations++; // what breaks off half-way is to be taken back
      long jump = generation() - previous.record().generation() - 1;
      if (jump > 0) {
        space.waitLonger(index, previous.record().generation(), jump);
      }
      space.enter(index, previous, generation());
      booksDone = true;
    }
  }

  /**
   * Ends the commit and sends it on its way.
   *
   * @param clean somebody is told that everything so far is safe
   */
  void commit(Index index, Totals totals, boolean clean) throws IOException, ContainerException {
    enterBooks(index);
    makeRoomForNodes(index);
    Optional<IndexRoot> root = index.write();
    Trailer tail = log.trailer();
    BatchBuilder last = batch;
    if (last == null || !last.canFinish(tail, commitLength())) {
      finishPart();
      last = begin(claim(index, nodesEstimate(index) + tail.encode(epoch.salt()).length));
      root = index.write(); // the claim changed the books
      tail = log.trailer();
    }
    finish(last, tail, totals, root, clean || usedReserve); // there the window is shorter
  }

  /** While the index is written no space can be claimed: that would change the index. */
  private void makeRoomForNodes(Index index) throws IOException, ContainerException {
    if (batch == null && parts.isEmpty()) {
      preferReserve(index);
    }
    int nodes = index.dirtyNodes() + SPARE_NODES;
    if (batch != null && !batch.hasRoomFor(nodes * NODE, nodes, log.bytes())) {
      finishPart();
    }
    if (batch == null) {
      begin(claim(index, nodesEstimate(index)));
    }
  }

  private long nodesEstimate(Index index) {
    return BatchLayout.blocks(
        (index.dirtyNodes() + (long) SPARE_NODES) * (NODE + 128L) + log.bytes() + 65_536);
  }

  private int commitLength() {
    return FormatLimits.COMMIT_RECORD_FIXED_LENGTH + (parts.size() + 1) * CommitRecord.OTHER_LENGTH;
  }

  /** With no file content at hand and a full medium, the commit goes into the reserve (I8). */
  private void preferReserve(Index index) throws IOException, ContainerException {
    long needed = nodesEstimate(index);
    boolean reuses = space.outlook(end).filter(r -> r.kind() == Region.Kind.REUSED).isPresent();
    usedReserve = false;
    if (!log.makesRoom() || reuses || gauge.usableBytes() >= needed + COMFORT) {
      return;
    }
    Optional<Region> region = space.claimReserve(index, previous, needed, generation());
    if (region.isPresent()) {
      begin(region.get());
      usedReserve = true;
    }
  }

  private void finish(
      BatchBuilder last, Trailer tail, Totals totals, Optional<IndexRoot> root, boolean clean)
      throws IOException, ContainerException {
    List<BatchPlace> others = parts.stream().map(FinishedBatch::place).toList();
    long partBytes = others.stream().mapToLong(BatchPlace::length).sum();
    Region region = last.region();
    long millis = clock.millis();
    FinishedBatch finished =
        last.finishCommit(
            tail,
            length -> {
              long newEnd = region.kind() == Region.Kind.END ? region.position() + length : end;
              return new CommitRecord(
                  generation(),
                  Optional.of(previous.identity()),
                  clean,
                  previous.record().clean(),
                  millis,
                  root.map(r -> new CommitRecord.RootNode(r.level(), r.pointer())),
                  newEnd,
                  totals.nextObjectId(),
                  totals.files(),
                  totals.folders(),
                  totals.payloadBytes(),
                  written() + partBytes + length,
                  space.outlook(newEnd).map(Region::position).orElse(0L),
                  others);
            });
    batch = null;
    if (region.kind() == Region.Kind.END) {
      end = finished.place().position() + finished.place().length();
    }
    parts.add(finished);
    hand(new ArrayList<>(parts), tail.freed());
  }

  private void hand(List<FinishedBatch> batches, List<Trailer.Freed> freedNow)
      throws IOException, ContainerException {
    FinishedBatch last = batches.get(batches.size() - 1);
    CommittedState state =
        new CommittedState(
            last.commit().orElseThrow(),
            last.asPrevious(),
            batches.stream()
                .map(b -> new CommittedState.LiveBatch(b.place(), b.liveBytes()))
                .toList(),
            freedNow,
            last.trailer().skipped());
    parts.clear();
    log.clear();
    dirty = false;
    booksDone = false;
    previous = state;
    output.submit(state, batches);
  }
}
