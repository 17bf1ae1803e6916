package uk.usbguard.core.container;

import java.io.IOException;
import java.nio.ByteBuffer;
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

  /** Not worth the wear. */
  private static final long SMALLEST_GAIN = 256 * 1024;

  /** What the commits take that go before the third anchor area can is not all that is gained. */
  private static final long WORTH_AN_AREA = 2L << 20;

  private static final long THIRD_AREA = Layout.area(2);

  /** Commits that the ring of root slots holds without the third area. */
  private static final int RING = AnchorAreas.FIRST_TWO * FormatLimits.RING_SLOTS;

  private static final int MOST_ROUNDS = 8;

  /** Content that is moved between two waits. */
  private static final long MOST_PER_ROUND = 256L << 20;

  /** Left on the medium while content has two places. */
  private static final long ROOM_TO_BREATHE = 4L << 20;

  private final Session session;
  private final ProgressListener progress;
  private long moved;
  private boolean stopped;
  private long commitsWithThird = -1;

  Compactor(Session session, ProgressListener progress) {
    this.session = session;
    this.progress = progress;
  }

  CompactResult compact() throws IOException, ContainerException {
    long before = session.storage().file().totalBytes();
    session.edits().commit();
    session.edits().enterBooks();
    evacuateSparse();
    try {
      boolean gained = true;
      for (int round = 0; round < MOST_ROUNDS && gained && goesOn(); round++) {
        gained = bringEndForward();
      }
      session.edits().truncateTo(session.current().end());
      giveUpThirdArea();
    } finally {
      session.storage().areas().useAll();
    }
    return new CompactResult(before, session.storage().file().totalBytes(), moved, !stopped);
  }

  /**
   * Moves what is live behind the lowest end that can be reached into the free space in front of
   * it, and cuts the end off. What is free waits twice: what something is moved into, and what is
   * cut off.
   *
   * @return whether enough was gained to look whether there is more
   */
  private boolean bringEndForward() throws IOException, ContainerException {
    session.edits().enterBooks();
    long end = session.current().end();
    long target = session.edits().lowestEnd();
    if (gain(target, end) < SMALLEST_GAIN) {
      return false;
    }
    if (target <= THIRD_AREA) {
      leaveThirdArea();
    }
    waitWhile(() -> session.edits().hasYoungSpace(target));
    move(batch -> batch >= target, false);
    waitWhile(session.edits()::hasYoungTail);
    cutOff();
    return gain(session.current().end(), end) >= SMALLEST_GAIN;
  }

  /**
   * Cuts the third anchor area off where it is all that keeps the files long. Before it goes, the
   * two parts of the ring that stay hold as many commits as anybody may have to go back.
   */
  private void giveUpThirdArea() throws IOException, ContainerException {
    long length = session.storage().file().totalBytes();
    long end = session.current().end();
    if (end > THIRD_AREA || length - end < WORTH_AN_AREA) {
      return;
    }
    leaveThirdArea();
    while (session.edits().statistics().commits() - commitsWithThird < RING && goesOn()) {
      session.edits().commitAnyway();
    }
    if (goesOn() && session.current().end() <= THIRD_AREA) {
      session.edits().truncateWithThirdArea(session.current().end());
    }
  }

  private void leaveThirdArea() throws IOException, ContainerException {
    if (commitsWithThird < 0) {
      session.edits().leaveThirdArea();
      commitsWithThird = session.edits().statistics().commits();
    }
  }

  private long gain(long target, long end) {
    return session.storage().file().bytesBetween(target, end);
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
      waitWhile(() -> session.edits().hasYoungSpace(Long.MAX_VALUE));
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
    IndexCursor runs = index.scan(Key.free(Layout.FIRST_BATCH), Key.prefix(Key.Kind.ORPHAN));
    while (runs.advance()) {
      free += runs.value() instanceof FreeRun run ? run.length() : 0;
    }
    return free;
  }

  /** Asks whether space still has to wait for commits. */
  @FunctionalInterface
  private interface Young {
    boolean still() throws IOException, ContainerException;
  }

  /** Makes the commits that freed space waits for, no more than that takes. */
  private void waitWhile(Young space) throws IOException, ContainerException {
    session.edits().enterBooks();
    int most = RunAge.WAIT_COMMITS_ALONE + 2;
    for (int i = 0; i < most && goesOn() && space.still(); i++) {
      session.edits().commitAnyway();
      session.edits().enterBooks();
    }
    session.edits().reviewSpace();
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
    session.readSealed(record.batch(), record.offset(), ByteBuffer.wrap(sealed));
    RecordName name = RecordName.data(record.epoch(), record.sequence(), fileId, offset);
    moved += record.plainLength();
    progress.advanced(moved, -1);
    return session.edits().addSealed(name, sealed, sealed.length);
  }

  /** Takes the free tail out of the books and, when that is on the medium, off the files. */
  private void cutOff() throws IOException, ContainerException {
    if (session.edits().shortenEnd()) {
      session.edits().commitAnyway();
    }
    session.edits().truncateTo(session.current().end());
  }
}
