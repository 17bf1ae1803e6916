package uk.usbguard.core.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.extent.Layout;
import uk.usbguard.core.format.BatchLayout;
import uk.usbguard.core.format.BatchUse;
import uk.usbguard.core.format.CommitRecord;
import uk.usbguard.core.format.FreeRun;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.index.Index;
import uk.usbguard.core.index.IndexCursor;

/**
 * How far in front a container can end: where what is live behind that place fits into the free
 * runs in front of it, together with the commits that freed space waits for. Such a place may lie
 * within a free run; the rest of the run is then gain like everything behind it.
 */
final class CompactionPlan {

  /** What the commits of one wait write for each node that they change. */
  private static final long WAIT_BYTES_PER_NODE = (RunAge.WAIT_COMMITS_ALONE + 4) * 16_384L;

  /** The last of those commits still needs so much in one piece. */
  private static final long LAST_PIECE = SpaceBook.WORTH_REUSE;

  private final List<Batch> batches = new ArrayList<>();
  private final List<Run> runs = new ArrayList<>();
  private final long reserve;

  private record Batch(long position, long length, long live) {}

  /** Free space in one piece. */
  private record Run(long position, long length, boolean old) {

    long room() {
      return length >= SpaceBook.WORTH_REUSE ? length : 0;
    }
  }

  private CompactionPlan(int rootLevel) {
    this.reserve = LAST_PIECE + (2L * rootLevel + 1) * WAIT_BYTES_PER_NODE;
  }

  /**
   * The lowest end that moving can lead to; the end as it is if there is none.
   *
   * @param index with what the newest commit did entered into its books
   * @param newest the newest commit
   * @param generation of the commit that comes next
   */
  static long lowestEnd(Index index, CommitRecord newest, long generation)
      throws IOException, DamagedContainerException {
    int level = newest.root().map(CommitRecord.RootNode::level).orElse(0);
    CompactionPlan plan = new CompactionPlan(level);
    plan.read(index, generation, newest.bytesWritten());
    return plan.lowestEnd(newest.end());
  }

  private void read(Index index, long generation, long written)
      throws IOException, DamagedContainerException {
    IndexCursor uses = index.scan(Key.batch(Layout.FIRST_BATCH), Key.prefix(Key.Kind.FREE));
    while (uses.advance()) {
      if (uses.value() instanceof BatchUse use) {
        batches.add(new Batch(uses.key().id(), use.length(), use.liveBytes()));
      }
    }
    IndexCursor free = index.scan(Key.free(Layout.FIRST_BATCH), Key.prefix(Key.Kind.ORPHAN));
    while (free.advance()) {
      if (free.value() instanceof FreeRun run) {
        add(free.key().id(), run.length(), RunAge.isOldEnough(run, generation, written));
      }
    }
  }

  /** Neighbours become one once both are old. */
  private void add(long position, long length, boolean old) {
    int last = runs.size() - 1;
    if (old && last >= 0 && runs.get(last).old()) {
      Run before = runs.get(last);
      if (before.position() + before.length() == position) {
        runs.set(last, new Run(before.position(), before.length() + length, true));
        return;
      }
    }
    runs.add(new Run(position, length, old));
  }

  private long lowestEnd(long end) {
    long best = end;
    long toMove = 0;
    long roomInFront = runs.stream().mapToLong(Run::room).sum();
    int firstRun = runs.size();
    for (int i = batches.size(); i >= 0; i--) {
      long from = i == 0 ? Layout.FIRST_BATCH : endOf(batches.get(i - 1));
      int behind = firstRun;
      while (firstRun > 0 && runs.get(firstRun - 1).position() >= from) {
        firstRun--;
        roomInFront -= runs.get(firstRun).room();
      }
      Optional<Long> reached =
          endWithin(from, runs.subList(firstRun, behind), toMove + reserve - roomInFront);
      if (reached.isEmpty()) {
        break;
      }
      best = Math.min(best, reached.get());
      toMove += i == 0 ? 0 : batches.get(i - 1).live() * 17 / 16;
    }
    return best;
  }

  private static long endOf(Batch batch) {
    return batch.position() + batch.length();
  }

  /** The lowest place behind a batch in front of which so much more room is. */
  private static Optional<Long> endWithin(long from, List<Run> gap, long missing) {
    long left = missing;
    long lowest = from;
    for (Run run : gap) {
      if (left <= 0) {
        break;
      }
      lowest = run.position() + Math.min(run.room(), BatchLayout.blocks(left));
      left -= run.room();
    }
    return left > 0 ? Optional.empty() : Optional.of(lowest);
  }
}
