package uk.usbguard.core.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.extent.Layout;
import uk.usbguard.core.format.BatchUse;
import uk.usbguard.core.format.DataPointer;
import uk.usbguard.core.format.DirectoryEntry;
import uk.usbguard.core.format.EntryContent;
import uk.usbguard.core.format.ExtentRun;
import uk.usbguard.core.format.FormatLimits;
import uk.usbguard.core.format.FreeRun;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.RecordName;
import uk.usbguard.core.format.Value;
import uk.usbguard.core.index.Index;
import uk.usbguard.core.index.IndexCursor;

/**
 * Gives free space back: moves what lies at the end into free runs further in front and cuts the
 * end off. It can be interrupted at any moment, and ends early in good order when the environment
 * asks for it. Space that was freed has to wait for commits, not for time; compaction makes these
 * commits itself, empty ones, each with its force.
 */
final class Compactor {

  /** Kept free in front for the commits that the waiting takes. */
  private static final long RESERVE = 2L << 20;

  /** Not worth the wear. */
  private static final long SMALLEST_GAIN = 256 * 1024;

  private static final int MOST_ROUNDS = 8;

  /** Content that is moved between two waits. */
  private static final long MOST_PER_ROUND = 256L << 20;

  /** Left on the medium while content has two places. */
  private static final long ROOM_TO_BREATHE = 4L << 20;

  private final Session session;
  private final ProgressListener progress;
  private long moved;
  private boolean stopped;

  Compactor(Session session, ProgressListener progress) {
    this.session = session;
    this.progress = progress;
  }

  CompactResult compact() throws IOException, ContainerException {
    long before = session.storage().file().totalBytes();
    session.edits().commit();
    session.edits().commitAnyway();
    evacuateSparse();
    for (int round = 0; round < MOST_ROUNDS && goesOn(); round++) {
      session.edits().commitAnyway(); // enters what the last commit freed
      long target = target();
      if (session.current().end() - target < SMALLEST_GAIN) {
        break;
      }
      wait(SpaceBook.WAIT_COMMITS_ALONE + 2);
      if (!move(batch -> batch >= target, false)) {
        break;
      }
    }
    if (moved > 0) {
      wait(SpaceBook.WAIT_COMMITS_ALONE + 2); // for the space it was moved out of
    }
    cutOff();
    return new CompactResult(before, session.storage().file().totalBytes(), moved, !stopped);
  }

  private boolean goesOn() {
    stopped = stopped || session.isStopRequested();
    return !stopped;
  }

  /** Batches are freed as a whole: what is left in sparse ones moves out of them first. */
  private void evacuateSparse() throws IOException, ContainerException {
    for (int round = 0; round < MOST_ROUNDS && goesOn(); round++) {
      Set<Long> sparse = sparseBatches();
      if (sparse.isEmpty() || !move(sparse::contains, true)) {
        return;
      }
      wait(SpaceBook.WAIT_COMMITS_ALONE + 2);
    }
  }

  /** The sparsest batches, as many as what is live in them finds room elsewhere. */
  private Set<Long> sparseBatches() throws IOException, ContainerException {
    List<Sparse> found = new ArrayList<>();
    long free = session.reading(index -> gather(index, found));
    long room = Math.max(free, session.storage().file().usableBytes() - ROOM_TO_BREATHE);
    long budget = Math.min(MOST_PER_ROUND, room);
    found.sort(Comparator.comparingDouble(Sparse::share));
    Set<Long> chosen = new HashSet<>();
    long toMove = 0;
    long gain = 0;
    for (Sparse batch : found) {
      if (toMove + batch.live() > budget) {
        break;
      }
      toMove += batch.live();
      gain += batch.length() - batch.live();
      chosen.add(batch.position());
    }
    return gain >= SMALLEST_GAIN ? chosen : Set.of();
  }

  /** A batch of which much is no longer referred to. */
  private record Sparse(long position, long length, long live) {
    double share() {
      return (double) live / length;
    }
  }

  private static long gather(Index index, List<Sparse> found)
      throws IOException, DamagedContainerException {
    IndexCursor uses = index.scan(Key.batch(Layout.FIRST_BATCH), Key.prefix(Key.Kind.FREE));
    while (uses.advance()) {
      if (uses.value() instanceof BatchUse use && use.liveBytes() < use.length() * 3L / 4) {
        found.add(new Sparse(uses.key().id(), use.length(), use.liveBytes()));
      }
    }
    long free = 0;
    for (long[] run : freeRuns(index)) {
      free += run[1];
    }
    return free;
  }

  private void wait(int commits) throws IOException, ContainerException {
    for (int i = 0; i < commits && goesOn(); i++) {
      session.edits().commitAnyway();
    }
  }

  /**
   * The lowest end that can be reached: free space in front of it takes what lies behind it, with
   * something left over for the commits of the waiting.
   */
  private long target() throws IOException, ContainerException {
    List<Long> starts = new ArrayList<>();
    List<Long> live = new ArrayList<>();
    return session.reading(
        index -> {
          IndexCursor uses = index.scan(Key.batch(Layout.FIRST_BATCH), Key.prefix(Key.Kind.FREE));
          while (uses.advance()) {
            if (uses.value() instanceof BatchUse use) {
              starts.add(uses.key().id());
              live.add((long) use.liveBytes());
            }
          }
          return lowestEnd(starts, live, freeRuns(index));
        });
  }

  private static List<long[]> freeRuns(Index index) throws IOException, DamagedContainerException {
    List<long[]> runs = new ArrayList<>();
    IndexCursor cursor = index.scan(Key.free(Layout.FIRST_BATCH), Key.prefix(Key.Kind.ORPHAN));
    while (cursor.advance()) {
      if (cursor.value() instanceof FreeRun run) {
        runs.add(new long[] {cursor.key().id(), run.length()});
      }
    }
    return runs;
  }

  private long lowestEnd(List<Long> starts, List<Long> live, List<long[]> runs) {
    long free = 0;
    for (long[] run : runs) {
      free += run[1];
    }
    long toMove = 0;
    long best = session.current().end();
    int run = runs.size() - 1;
    for (int i = starts.size() - 1; i >= 0; i--) {
      while (run >= 0 && runs.get(run)[0] >= starts.get(i)) {
        free -= runs.get(run)[1];
        run--;
      }
      toMove += live.get(i) + live.get(i) / 16;
      if (toMove + RESERVE > free) {
        break;
      }
      best = starts.get(i);
    }
    return best;
  }

  /**
   * Moves every record and every node out of some batches.
   *
   * @param mayGrow whether it may append when the free space in front is used up
   * @return whether something was moved
   */
  private boolean move(LongPredicate outOf, boolean mayGrow)
      throws IOException, ContainerException {
    long before = moved;
    long endBefore = session.current().end();
    session.edits().reviewSpace();
    Key at = Key.prefix(Key.Kind.ENTRY);
    Key end = Key.prefix(Key.Kind.BATCH);
    while (goesOn() && (mayGrow || session.current().end() <= endBefore)) {
      Key next = at;
      Optional<Map.Entry<Key, Value>> found =
          session.reading(index -> index.ceiling(next)).filter(e -> e.getKey().compareTo(end) < 0);
      if (found.isEmpty()) {
        break;
      }
      move(found.get().getKey(), found.get().getValue(), outOf);
      at = found.get().getKey().successor();
      session.edits().commitIfDue();
    }
    Optional<Key> leaf = Optional.of(Key.LOWEST);
    while (goesOn() && leaf.isPresent()) {
      Key next = leaf.get();
      leaf = session.reading(index -> index.renew(next, node -> outOf.test(node.batch())));
      session.edits().commitIfDue();
    }
    session.edits().commitAnyway();
    return moved > before;
  }

  private void move(Key key, Value value, LongPredicate outOf)
      throws IOException, ContainerException {
    if (value instanceof DirectoryEntry entry
        && entry.content() instanceof EntryContent.OneRecord one
        && outOf.test(one.record().batch())) {
      DataPointer to = copy(one.record(), entry.objectId(), 0);
      session.edits().put(key, entry.withContent(EntryContent.oneRecord(to)));
      session.edits().free(one.record().batch(), one.record().sealedLength());
    } else if (value instanceof ExtentRun run && outOf.test(run.first().batch())) {
      moveRun(key, run);
    }
  }

  private void moveRun(Key key, ExtentRun run) throws IOException, ContainerException {
    long fileId = key.id();
    List<DataPointer> copies = new ArrayList<>(run.count());
    for (int i = 0; i < run.count(); i++) {
      long offset = (key.extent() + i) * FormatLimits.EXTENT;
      copies.add(copy(run.record(i), fileId, offset));
    }
    session.edits().remove(key);
    RunBuilder runs = new RunBuilder(session, fileId);
    for (int i = 0; i < run.count(); i++) {
      runs.add(key.extent() + i, copies.get(i));
    }
    runs.flush();
    session.edits().free(run.first().batch(), run.sealedLength());
  }

  /**
   * Copies a record as it is; one that does not open is copied as well, to be reported as it was.
   */
  private DataPointer copy(DataPointer record, long fileId, long offset)
      throws IOException, ContainerException {
    byte[] sealed = new byte[record.sealedLength()];
    session.readSealed(record.batch(), record.offset(), sealed, sealed.length);
    RecordName name = RecordName.data(record.epoch(), record.sequence(), fileId, offset);
    moved += record.plainLength();
    progress.advanced(moved, -1);
    return session.edits().addSealed(name, sealed, sealed.length);
  }

  /** Takes the free tail out of the books and, when that is on the medium, off the files. */
  private void cutOff() throws IOException, ContainerException {
    session.edits().shortenEnd();
    session.edits().commitAnyway();
    session.edits().truncateTo(session.current().end());
  }
}
