package uk.usbguard.core.container;

import java.io.IOException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.extent.Layout;
import uk.usbguard.core.extent.Region;
import uk.usbguard.core.format.BatchLayout;
import uk.usbguard.core.format.BatchUse;
import uk.usbguard.core.format.FreeRun;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.index.Index;
import uk.usbguard.core.index.IndexCursor;

/** The space that is kept for commits that make room on a full medium (I8). */
final class Reserve {

  /** Here less has to do: it is used only where nothing else is left. */
  private static final int WAIT_COMMITS = 6;

  private Reserve() {}

  /**
   * Claims space in the reserve, for a commit that holds no file content on a medium that is full.
   *
   * @return nothing if there is none of that length
   */
  static Optional<Region> claim(Index index, CommittedState previous, long length, long generation)
      throws IOException, DamagedContainerException {
    long at = Layout.RESERVE_START;
    for (Map.Entry<Long, Blocked> blocked : blocked(index, previous, generation).entrySet()) {
      if (blocked.getKey() - at >= length) {
        return Optional.of(reserved(index, at, blocked.getKey()));
      }
      at = Math.max(at, blocked.getKey() + blocked.getValue().length());
    }
    return Layout.RESERVE_END - at >= length
        ? Optional.of(reserved(index, at, Layout.RESERVE_END))
        : Optional.empty();
  }

  private record Blocked(long length) {}

  private static NavigableMap<Long, Blocked> blocked(
      Index index, CommittedState previous, long generation)
      throws IOException, DamagedContainerException {
    NavigableMap<Long, Blocked> blocked = new TreeMap<>();
    IndexCursor uses = index.scan(Key.batch(Layout.RESERVE_START), Key.batch(Layout.RESERVE_END));
    while (uses.advance()) {
      if (uses.value() instanceof BatchUse use) {
        blocked.put(uses.key().id(), new Blocked(use.length()));
      }
    }
    IndexCursor runs = index.scan(Key.free(Layout.RESERVE_START), Key.free(Layout.RESERVE_END));
    while (runs.advance()) {
      if (runs.value() instanceof FreeRun run
          && run.freedIn() != 0
          && generation - run.freedIn() < WAIT_COMMITS) {
        blocked.put(runs.key().id(), new Blocked(run.length()));
      }
    }
    for (CommittedState.LiveBatch batch : previous.batches()) {
      blocked.put(batch.place().position(), new Blocked(batch.place().length()));
    }
    return blocked.subMap(Layout.RESERVE_START, true, Layout.RESERVE_END, false);
  }

  /** Takes what waited long enough out of the books where the new batch goes. */
  private static Region reserved(Index index, long from, long to)
      throws IOException, DamagedContainerException {
    for (Key key : SpaceBook.freeRuns(index, from, to)) {
      index.remove(key);
    }
    int capacity = (int) Math.min(to - from, BatchLayout.MAX_BATCH);
    return new Region(from, capacity, Region.Kind.RESERVE);
  }
}
