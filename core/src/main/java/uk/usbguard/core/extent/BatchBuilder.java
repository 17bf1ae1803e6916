package uk.usbguard.core.extent;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import uk.usbguard.core.error.BugException;
import uk.usbguard.core.format.BatchLayout;
import uk.usbguard.core.format.CommitRecord;
import uk.usbguard.core.format.ContainerId;
import uk.usbguard.core.format.DataPointer;
import uk.usbguard.core.format.EpochSalt;
import uk.usbguard.core.format.Frame;
import uk.usbguard.core.format.NodePointer;
import uk.usbguard.core.format.RecordName;
import uk.usbguard.core.format.Tag;
import uk.usbguard.core.format.Trailer;
import uk.usbguard.core.record.WriteEpoch;

/**
 * A batch in the making, in memory. Records get their place at once and are sealed there, large
 * ones by other threads. Owned by one thread; {@link #read} may be called by others once the
 * builder was finished.
 */
public final class BatchBuilder {

  private static final int FIRST_BUFFER = 256 * 1024;

  /** Where the first buffer is too small, ... */
  private static final int LARGER_BUFFER = 1024 * 1024;

  /** ... and what holds a commit's 8 MiB of data with all that follows them. */
  private static final int FULL_BUFFER = 9 * 1024 * 1024;

  /** Smaller records are sealed faster than handed over. */
  private static final int WORTH_A_THREAD = 16 * 1024;

  private final WriteEpoch epoch;
  private final ContainerId container;
  private final Region region;
  private final long generation;
  private final Sealing sealing;
  private final List<Trailer.Content> contents = new ArrayList<>();
  private final Set<EpochSalt> epochs = new HashSet<>();
  private byte[] buffer;
  private int used = BatchLayout.FRAME;

  /** Starts a batch for the commit of {@code generation} in {@code region}. */
  public BatchBuilder(
      WriteEpoch epoch,
      ContainerId container,
      Region region,
      long generation,
      Executor executor,
      byte[] spareBuffer) {
    this.epoch = epoch;
    this.container = container;
    this.region = region;
    this.generation = generation;
    this.sealing = new Sealing(executor);
    this.buffer =
        spareBuffer.length > 0
            ? spareBuffer
            : new byte[Math.min(FIRST_BUFFER, region.capacityBytes())];
    epochs.add(epoch.salt());
  }

  /** Where the batch goes. */
  public Region region() {
    return region;
  }

  /** Bytes used so far, without the trailer. */
  public int usedBytes() {
    return used;
  }

  /** Number of records in it. */
  public int records() {
    return contents.size();
  }

  /** True if a record of so much plaintext, then a trailer of {@code tailBytes} more, still fit. */
  public boolean hasRoomFor(int plainLength, int records, long tailBytes) {
    long trailer =
        26L
            + (epochs.size() + 1L) * EpochSalt.LENGTH
            + (contents.size() + (long) records) * Trailer.CONTENT_LENGTH
            + tailBytes;
    long end =
        used
            + (long) plainLength
            + (long) records * BatchLayout.SEAL
            + BatchLayout.sealedTrailer(trailer)
            + BatchLayout.FRAME;
    return BatchLayout.blocks(end) <= region.capacityBytes();
  }

  /**
   * Adds content of a file. The bytes must stay as they are until {@link #awaitSealed} or a call
   * that finishes the batch.
   */
  public DataPointer addData(
      byte[] plain, int offset, int length, long fileId, long fileOffset, Runnable whenSealed) {
    RecordName name = RecordName.data(epoch.salt(), epoch.take(), fileId, fileOffset);
    int at = place(name, length);
    byte[] target = buffer;
    Runnable work =
        () -> {
          epoch.seal(name, plain, offset, length, target, at);
          whenSealed.run();
        };
    if (length < WORTH_A_THREAD) {
      work.run();
    } else {
      sealing.start(work);
    }
    return new DataPointer(epoch.salt(), name.sequence(), region.position(), at, length);
  }

  /** Adds a node of the index. */
  public NodePointer addNode(byte[] plain, int length, int level) {
    RecordName name = RecordName.node(epoch.salt(), epoch.take(), level);
    int at = place(name, length);
    int sealedLength = epoch.seal(name, plain, 0, length, buffer, at);
    Tag tag = tagOf(at, sealedLength);
    return new NodePointer(epoch.salt(), name.sequence(), region.position(), at, sealedLength, tag);
  }

  /** Adds a record as it is: compaction moves ciphertext, it does not seal again. */
  public DataPointer addSealed(RecordName name, byte[] sealed, int offset, int sealedLength) {
    int plainLength = sealedLength - BatchLayout.SEAL;
    int at = place(name, plainLength);
    System.arraycopy(sealed, offset, buffer, at, sealedLength);
    epochs.add(name.epoch());
    return new DataPointer(name.epoch(), name.sequence(), region.position(), at, plainLength);
  }

  private int place(RecordName name, int plainLength) {
    int at = used;
    int next = at + BatchLayout.sealed(plainLength);
    ensure(next);
    used = next;
    contents.add(new Trailer.Content(name, plainLength, at));
    return at;
  }

  private void ensure(int length) {
    if (length <= buffer.length) {
      return;
    }
    if (length > region.capacityBytes()) {
      throw new BugException("batch of " + length + " in " + region.capacityBytes());
    }
    sealing.await(); // others write into the old buffer
    buffer = Arrays.copyOf(buffer, Math.max(length, nextLength()));
  }

  /** Few steps, each a copy that the sealing waits for, and no further than most batches get. */
  private int nextLength() {
    int next = buffer.length < LARGER_BUFFER ? LARGER_BUFFER : buffer.length + LARGER_BUFFER;
    int step = buffer.length > FIRST_BUFFER ? Math.max(next, FULL_BUFFER) : next;
    return Math.min(region.capacityBytes(), step);
  }

  private Tag tagOf(int at, int sealedLength) {
    int end = at + sealedLength;
    return Tag.of(Arrays.copyOfRange(buffer, end - Tag.LENGTH, end));
  }

  /** Returns when everything added is sealed. */
  public void awaitSealed() {
    sealing.await();
  }

  /** Reads a sealed record that was added to this batch, to the target's limit. */
  public void read(int offset, ByteBuffer target) {
    target.put(buffer, offset, target.remaining());
  }

  /** Ends a batch that others of the same commit follow. */
  public FinishedBatch finishPart() {
    return finish(
        new Trailer(region.position(), contents, List.of(), List.of(), List.of()),
        Optional.empty());
  }

  /** What makes the commit record once the length of the batch is known. */
  @FunctionalInterface
  public interface CommitMaker {

    /** The record for a batch of {@code length} bytes. */
    CommitRecord commit(int length);
  }

  /** True if trailer and commit record fit behind what is there. */
  public boolean canFinish(Trailer tail, int commitLength) {
    int trailerLength = withContents(tail, 0).encode(epoch.salt()).length;
    return end(trailerLength, commitLength) <= region.capacityBytes();
  }

  /** Ends the commit with this batch. */
  public FinishedBatch finishCommit(Trailer tail, CommitMaker maker) {
    return finish(tail, Optional.of(maker));
  }

  private Trailer withContents(Trailer tail, int length) {
    List<Trailer.Skipped> skipped = new ArrayList<>(tail.skipped());
    skipped.addAll(region.leftOver(length));
    return new Trailer(region.position(), contents, tail.freed(), skipped, tail.changes());
  }

  private long end(int trailerLength, int commitLength) {
    long commit = commitLength == 0 ? 0 : BatchLayout.sealed(commitLength);
    return BatchLayout.blocks(
        used + BatchLayout.sealedTrailer(trailerLength) + commit + BatchLayout.FRAME);
  }

  private FinishedBatch finish(Trailer tail, Optional<CommitMaker> maker) {
    // Neither length depends on what is said: the first ones are made to measure them.
    int commitLength = maker.map(m -> m.commit(0).encode().length).orElse(0);
    boolean ends = maker.isPresent();
    int trailerLength = (ends ? withContents(tail, 0) : tail).encode(epoch.salt()).length;
    int length = Math.toIntExact(end(trailerLength, commitLength));
    Trailer trailer = ends ? withContents(tail, length) : tail;
    byte[] plain = trailer.encode(epoch.salt());
    ensure(length);
    sealing.await();
    int trailerAt = used;
    long trailerSequence = sealTrailer(plain);
    Optional<CommitRecord> commit = maker.map(m -> m.commit(length));
    int commitAt = commit.isPresent() ? used : 0;
    long commitSequence = commit.isPresent() ? epoch.take() : 0;
    int sealedCommit = commit.map(c -> sealCommit(c, commitSequence)).orElse(0);
    Arrays.fill(buffer, used, length, (byte) 0);
    Frame frame =
        new Frame(
            container,
            epoch.salt(),
            generation,
            region.position(),
            length,
            trailerAt,
            plain.length,
            trailerSequence,
            commitAt,
            sealedCommit,
            commitSequence);
    frame.writeTo(buffer, 0);
    frame.writeTo(buffer, length - BatchLayout.FRAME);
    Optional<Tag> commitTag = commit.map(c -> tagOf(commitAt, sealedCommit));
    return new FinishedBatch(region, frame, trailer, commit, commitTag, buffer);
  }

  private long sealTrailer(byte[] plain) {
    long first = 0;
    int chunk = 0;
    for (int at = 0; at < plain.length; at += BatchLayout.MAX_PLAIN) {
      int n = Math.min(BatchLayout.MAX_PLAIN, plain.length - at);
      long sequence = epoch.take();
      first = chunk == 0 ? sequence : first;
      RecordName name = RecordName.trailer(epoch.salt(), sequence, generation, chunk++);
      used += epoch.seal(name, plain, at, n, buffer, used);
    }
    return first;
  }

  private int sealCommit(CommitRecord commit, long sequence) {
    byte[] plain = commit.encode();
    RecordName name = RecordName.commit(epoch.salt(), sequence, commit.generation());
    int n = epoch.seal(name, plain, 0, plain.length, buffer, used);
    used += n;
    return n;
  }
}
