package uk.usbguard.core.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import uk.usbguard.core.error.CommitLimitException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.DamagedContainerException.Part;
import uk.usbguard.core.extent.Layout;
import uk.usbguard.core.extent.Region;
import uk.usbguard.core.format.BatchPlace;
import uk.usbguard.core.format.BatchUse;
import uk.usbguard.core.format.FreeRun;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.Trailer;
import uk.usbguard.core.format.Value;
import uk.usbguard.core.index.Index;
import uk.usbguard.core.index.IndexCursor;
import uk.usbguard.core.io.SegmentedFile;

/**
 * The books of space: how much of each batch is live, which runs are free and since when, and where
 * the next batch may go. Space is free only because a commit freed it (I9), and is written again
 * only after it waited (I1).
 */
final class SpaceBook {

  /** Shorter runs are not worth a seek; compaction gathers them. */
  static final int WORTH_REUSE = 256 * 1024;

  /** How much of a long free run one batch takes out of the books. */
  private static final int CLAIM = 9 * 1024 * 1024;

  private static final int MOST_CANDIDATES = 1024;

  /** With nothing to reuse, the books are looked through again after so many commits. */
  private static final int REVIEW_COMMITS = 8;

  private final Layout layout;
  private final TreeMap<Long, FreeRun> candidates = new TreeMap<>();
  private long candidatesReadAt = -RunAge.WAIT_COMMITS_ALONE;

  SpaceBook(Layout layout) {
    this.layout = layout;
  }

  /** Forgets what it knew of the index: it was taken back to an older state. */
  void forget() {
    candidates.clear();
    candidatesReadAt = -RunAge.WAIT_COMMITS_ALONE;
  }

  /** Generations that never were are no commits: what waits for commits waits so much longer. */
  void waitLonger(Index index, long generation, long jump)
      throws IOException, DamagedContainerException {
    IndexCursor cursor = index.scan(Key.prefix(Key.Kind.FREE), Key.prefix(Key.Kind.ORPHAN));
    while (cursor.advance()) {
      if (cursor.value() instanceof FreeRun run
          && run.freedIn() != 0
          && generation - run.freedIn() < RunAge.WAIT_COMMITS_ALONE) {
        index.put(
            cursor.key(), new FreeRun(run.length(), run.freedIn() + jump, run.writtenWhenFreed()));
      }
    }
  }

  /** Enters the previous commit's batches, frees and gaps, once. */
  void enter(Index index, CommittedState previous, long generation)
      throws IOException, DamagedContainerException {
    for (CommittedState.LiveBatch batch : previous.batches()) {
      BatchPlace place = batch.place();
      index.put(
          Key.batch(place.position()),
          new BatchUse(place.length(), batch.liveBytes(), previous.record().generation()));
    }
    long written = previous.record().bytesWritten();
    for (Trailer.Freed freed : previous.freed()) {
      free(index, freed, generation, written);
    }
    for (CommittedState.LiveBatch batch : previous.batches()) {
      if (batch.liveBytes() == 0) {
        retire(index, batch.place(), generation, written);
      }
    }
    for (Trailer.Skipped gap : previous.skipped()) {
      if (gap.length() == 0) {
        continue; // the batch took all of its region
      }
      addFree(index, gap.position(), new FreeRun(gap.length(), 0, 0), generation, written);
    }
  }

  private void free(Index index, Trailer.Freed freed, long generation, long written)
      throws IOException, DamagedContainerException {
    Optional<Value> value = index.get(Key.batch(freed.batch()));
    if (value.isEmpty()
        || !(value.get() instanceof BatchUse use)
        || use.liveBytes() < freed.bytes()) {
      throw new DamagedContainerException(
          Part.INDEX, freed.batch(), "more is freed than the books have");
    }
    int left = use.liveBytes() - freed.bytes();
    if (left > 0) {
      index.put(Key.batch(freed.batch()), new BatchUse(use.length(), left, use.generation()));
    } else {
      retire(index, new BatchPlace(freed.batch(), use.length()), generation, written);
    }
  }

  private void retire(Index index, BatchPlace place, long generation, long written)
      throws IOException, DamagedContainerException {
    index.remove(Key.batch(place.position()));
    FreeRun run = new FreeRun(place.length(), generation, written);
    addFree(index, place.position(), run, generation, written);
  }

  /** Adds a free run, merged with neighbours that wait as it does. */
  private void addFree(Index index, long position, FreeRun run, long generation, long written)
      throws IOException, DamagedContainerException {
    long start = position;
    FreeRun merged = run;
    Optional<Map.Entry<Key, Value>> below = index.floor(Key.free(position));
    if (below.isPresent()
        && below.get().getValue() instanceof FreeRun before
        && below.get().getKey().id() + before.length() == position
        && RunAge.waitsAlike(before, merged, generation, written)) {
      start = below.get().getKey().id();
      index.remove(below.get().getKey());
      candidates.remove(start);
      merged = RunAge.join(before, merged);
    }
    Key after = Key.free(position + run.length());
    if (index.get(after).orElse(null) instanceof FreeRun behind
        && RunAge.waitsAlike(behind, merged, generation, written)) {
      index.remove(after);
      candidates.remove(after.id());
      merged = RunAge.join(merged, behind);
    }
    index.put(Key.free(start), merged);
    boolean ready =
        merged.length() >= WORTH_REUSE && RunAge.isOldEnough(merged, generation, written);
    if (ready && start >= Layout.FIRST_BATCH) {
      candidates.put(start, merged);
    }
  }

  /** The longest batch that fits somewhere. */
  int largestRegion() {
    return layout.largestRegion();
  }

  /** Where the next batch goes, as far as can be told now; nothing is claimed. */
  Optional<Region> outlook(long end) {
    return bestCandidate()
        .map(SpaceBook::region)
        .or(() -> layout.regionAt(end, Layout.SMALLEST_REGION));
  }

  /**
   * Claims space for a batch: a free run that waited long enough, else behind the end. A claimed
   * run leaves the books in the commit that uses it; what the batch leaves over is skipped, and is
   * back in the books a commit later. So a batch that is sure to be small, and says how small by
   * asking for more than the smallest region, claims no more than that.
   */
  Region claim(Index index, long end, long generation, long written, long minBytes)
      throws IOException, DamagedContainerException, CommitLimitException {
    long since = generation - candidatesReadAt;
    if (since >= RunAge.WAIT_COMMITS_ALONE || (candidates.isEmpty() && since >= REVIEW_COMMITS)) {
      readCandidates(index, generation, written);
    }
    Optional<Map.Entry<Long, FreeRun>> best =
        candidates.entrySet().stream().filter(c -> c.getValue().length() >= minBytes).findFirst();
    if (best.isPresent()) {
      long most = minBytes > Layout.SMALLEST_REGION ? minBytes : CLAIM;
      return take(index, best.get().getKey(), best.get().getValue(), most);
    }
    return atEnd(end, minBytes);
  }

  /** Space behind the end, which needs no claim. */
  Region atEnd(long end, long minBytes) throws CommitLimitException {
    return layout.regionAt(end, minBytes).orElseThrow(() -> new CommitLimitException("segments"));
  }

  private static Region region(Map.Entry<Long, FreeRun> run) {
    int capacity = (int) Math.min(run.getValue().length(), CLAIM);
    return new Region(run.getKey(), capacity, Region.Kind.REUSED);
  }

  private Region take(Index index, long position, FreeRun run, long most)
      throws IOException, DamagedContainerException {
    index.remove(Key.free(position));
    candidates.remove(position);
    int capacity = (int) Math.min(run.length(), most);
    if (run.length() > capacity) {
      long rest = position + capacity;
      FreeRun left = new FreeRun(run.length() - capacity, run.freedIn(), run.writtenWhenFreed());
      index.put(Key.free(rest), left);
      if (left.length() >= WORTH_REUSE) {
        candidates.put(rest, left);
      }
    }
    return new Region(position, capacity, Region.Kind.REUSED);
  }

  private Optional<Map.Entry<Long, FreeRun>> bestCandidate() {
    return Optional.ofNullable(candidates.firstEntry());
  }

  private void readCandidates(Index index, long generation, long written)
      throws IOException, DamagedContainerException {
    candidates.clear();
    candidatesReadAt = generation;
    mergeOld(index, generation, written);
    IndexCursor cursor = index.scan(Key.free(Layout.FIRST_BATCH), Key.prefix(Key.Kind.ORPHAN));
    while (candidates.size() < MOST_CANDIDATES && cursor.advance()) {
      if (cursor.value() instanceof FreeRun run
          && run.length() >= WORTH_REUSE
          && RunAge.isOldEnough(run, generation, written)) {
        candidates.put(cursor.key().id(), run);
      }
    }
  }

  /** Merges neighbours that have both become old since they were entered. */
  private void mergeOld(Index index, long generation, long written)
      throws IOException, DamagedContainerException {
    IndexCursor cursor = index.scan(Key.free(Layout.FIRST_BATCH), Key.prefix(Key.Kind.ORPHAN));
    long start = -1;
    FreeRun last = new FreeRun(1, 0, 0);
    while (cursor.advance()) {
      if (!(cursor.value() instanceof FreeRun run)
          || !RunAge.isOldEnough(run, generation, written)) {
        start = -1;
        continue;
      }
      long position = cursor.key().id();
      boolean follows =
          start >= 0
              && start + last.length() == position
              && last.length() + run.length() < (1L << 32) - 1;
      if (follows) {
        last = RunAge.join(last, run);
        index.remove(cursor.key());
        index.put(Key.free(start), last);
      } else {
        start = position;
        last = run;
      }
    }
  }

  /** True if a run worth a batch is free in front of a place and still has to wait. */
  boolean hasYoung(Index index, long inFrontOf, long generation, long written)
      throws IOException, DamagedContainerException {
    IndexCursor cursor = index.scan(Key.free(Layout.FIRST_BATCH), Key.prefix(Key.Kind.ORPHAN));
    while (cursor.advance() && cursor.key().id() < inFrontOf) {
      if (cursor.value() instanceof FreeRun run
          && run.length() >= WORTH_REUSE
          && !RunAge.isOldEnough(run, generation, written)) {
        return true;
      }
    }
    return false;
  }

  /** Where the free runs begin that reach to the end, as far as they pass the test. */
  long tail(Index index, long end, Predicate<FreeRun> test)
      throws IOException, DamagedContainerException {
    long shorter = end;
    while (true) {
      long behind = layout.endBefore(shorter);
      Optional<Map.Entry<Key, Value>> last = index.floor(Key.free(behind - 1));
      if (last.isEmpty()
          || !(last.get().getValue() instanceof FreeRun run)
          || last.get().getKey().id() + run.length() != behind
          || !test.test(run)) {
        return shorter;
      }
      shorter = last.get().getKey().id();
    }
  }

  /** Takes free runs that waited long enough off the end; returns the new end. */
  long shorten(Index index, long end, long generation, long written)
      throws IOException, DamagedContainerException {
    long shorter = tail(index, end, run -> RunAge.isOldEnough(run, generation, written));
    for (Key key : freeRuns(index, shorter, end)) {
      index.remove(key);
      candidates.remove(key.id());
    }
    return shorter;
  }

  /** The keys of the free runs that begin in a stretch. */
  static List<Key> freeRuns(Index index, long from, long to)
      throws IOException, DamagedContainerException {
    List<Key> keys = new ArrayList<>();
    IndexCursor runs = index.scan(Key.free(from), Key.free(to));
    while (runs.advance()) {
      keys.add(runs.key());
    }
    return keys;
  }

  /** The gap between the end and a batch that had to be begun further on; 0 if there is none. */
  long gapBefore(Region region, long end) {
    if (region.kind() != Region.Kind.END || region.position() == end) {
      return 0;
    }
    long gap = layout.boundaryAfter(end) - SegmentedFile.offsetOf(end);
    return Math.max(0, gap);
  }
}
