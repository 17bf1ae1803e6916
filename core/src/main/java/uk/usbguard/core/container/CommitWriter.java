package uk.usbguard.core.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
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

  private final CommitOutput output;
  private final SpaceBook space;
  private final FullGauge gauge;
  private final Clock clock;
  private final CommitPace pace;
  private final ChangeLog log = new ChangeLog();
  private final PendingBatches batches;

  private long newestSeen;
  private CommittedState previous;
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
    this.output = output;
    this.space = space;
    this.gauge = gauge;
    this.clock = clock;
    this.newestSeen = newestSeen;
    this.previous = start;
    this.batches = new PendingBatches(records, output, space, sealers, log, start.record().end());
    this.pace = new CommitPace(clock, space.largestRegion());
  }

  /** Goes back to a commit that is on the medium; what was built since is forgotten. */
  void restart(CommittedState durable, long highestRoot) {
    mutations++;
    usedReserve = false;
    newestSeen = Math.max(newestSeen, highestRoot); // it may be on the medium
    previous = durable;
    log.clear();
    dirty = false;
    booksDone = false;
    space.forget();
    batches.restart(durable.record().end());
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
    return dirty && pace.isDue(batches.bytes(), index.dirtyNodes(), log.bytes());
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
    BatchBuilder builder = batches.filling();
    if (builder == null || !builder.hasRoomFor(length, 1, 0)) {
      batches.finishPart();
      Region region = // not a claim: the index is being written
          space.atEnd(batches.end(), Layout.SMALLEST_REGION);
      builder = begin(region);
    }
    return builder.addNode(plain, length, level);
  }

  /** Reads a record that is not on the medium yet; false if it is there. */
  boolean readPending(long batchPosition, int offset, ByteBuffer target) {
    return batches.read(batchPosition, offset, target);
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
    BatchBuilder builder = batches.filling();
    if (builder != null && builder.hasRoomFor(plainLength, 1, 0)) {
      return builder;
    }
    batches.finishPart();
    return begin(claim(index, Layout.SMALLEST_REGION));
  }

  private Region claim(Index index, long minBytes) throws IOException, ContainerException {
    return space.claim(index, batches.end(), generation(), written(), minBytes);
  }

  private BatchBuilder begin(Region region) throws CommitLimitException {
    return batches.begin(region, generation());
  }

  /** Waits until what was added so far no longer needs the caller's bytes. */
  void awaitSealed() {
    batches.awaitSealed();
  }

  /** True if space is free in front of a place that only has to wait. */
  boolean hasYoungSpace(Index index, long inFrontOf) throws IOException, ContainerException {
    return space.hasYoung(index, inFrontOf, generation(), written());
  }

  /** Where the free space begins that reaches to the end; all of it, or only what waited. */
  long freeTail(Index index, boolean old) throws IOException, ContainerException {
    return space.tail(
        index, batches.end(), run -> !old || RunAge.isOldEnough(run, generation(), written()));
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
    long end = batches.end();
    if (freeTail(index, true) == end) {
      return false;
    }
    touch();
    batches.shortenTo(space.shorten(index, end, generation(), written()));
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
    BatchBuilder last = batches.filling();
    if (last == null || !last.canFinish(tail, commitLength())) {
      batches.finishPart();
      last = begin(claim(index, nodesEstimate(index) + tail.encode(batches.salt()).length));
      root = index.write(); // the claim changed the books
      tail = log.trailer();
    }
    finish(last, tail, totals, root, clean || usedReserve); // there the window is shorter
  }

  /** While the index is written no space can be claimed: that would change the index. */
  private void makeRoomForNodes(Index index) throws IOException, ContainerException {
    if (batches.isEmpty()) {
      preferReserve(index);
    }
    int nodes = index.dirtyNodes() + SPARE_NODES;
    BatchBuilder builder = batches.filling();
    if (builder != null && !builder.hasRoomFor(nodes * NODE, nodes, log.bytes())) {
      batches.finishPart();
    }
    if (batches.filling() == null) {
      begin(claim(index, nodesEstimate(index)));
    }
  }

  private long nodesEstimate(Index index) {
    return BatchLayout.blocks(
        (index.dirtyNodes() + (long) SPARE_NODES) * (NODE + 128L) + log.bytes() + 65_536);
  }

  private int commitLength() {
    return FormatLimits.COMMIT_RECORD_FIXED_LENGTH
        + (batches.fullCount() + 1) * CommitRecord.OTHER_LENGTH;
  }

  /** With no file content at hand and a full medium, the commit goes into the reserve (I8). */
  private void preferReserve(Index index) throws IOException, ContainerException {
    long needed = nodesEstimate(index);
    boolean reuses =
        space.outlook(batches.end()).filter(r -> r.kind() == Region.Kind.REUSED).isPresent();
    usedReserve = false;
    if (!log.makesRoom() || reuses || gauge.usableBytes() >= needed + COMFORT) {
      return;
    }
    Optional<Region> region = Reserve.claim(index, previous, needed, generation());
    if (region.isPresent()) {
      begin(region.get());
      usedReserve = true;
    }
  }

  private void finish(
      BatchBuilder last, Trailer tail, Totals totals, Optional<IndexRoot> root, boolean clean) {
    long millis = clock.millis();
    List<FinishedBatch> all =
        batches.finish(
            last,
            tail,
            (newEnd, length, others) ->
                new CommitRecord(
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
                    written() + others.stream().mapToLong(BatchPlace::length).sum() + length,
                    space.outlook(newEnd).map(Region::position).orElse(0L),
                    others));
    hand(all, tail.freed());
  }

  private void hand(List<FinishedBatch> done, List<Trailer.Freed> freedNow) {
    FinishedBatch last = done.get(done.size() - 1);
    CommittedState state =
        new CommittedState(
            last.commit().orElseThrow(),
            last.asPrevious(),
            done.stream().map(b -> new CommittedState.LiveBatch(b.place(), b.liveBytes())).toList(),
            freedNow,
            last.trailer().skipped());
    log.clear();
    dirty = false;
    booksDone = false;
    previous = state;
    output.submit(state, done);
  }
}
