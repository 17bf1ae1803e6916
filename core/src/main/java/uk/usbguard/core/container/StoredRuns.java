package uk.usbguard.core.container;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.format.DataPointer;
import uk.usbguard.core.format.ExtentRun;
import uk.usbguard.core.format.FormatLimits;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.Value;

/**
 * The runs of stored extents of one file while it is changed: extents are taken out of them, and
 * what lies on either side stays as it was. The records that are given up are freed; nothing is
 * read or sealed anew.
 */
final class StoredRuns {

  private static final int EXTENT = FormatLimits.EXTENT;

  private final Session session;
  private final long fileId;

  StoredRuns(Session session, long fileId) {
    this.session = session;
    this.fileId = fileId;
  }

  /** Takes out every extent that begins at or behind an end. */
  void cutBehind(long end) throws IOException, ContainerException {
    long first = (end + EXTENT - 1) / EXTENT;
    Key from = Key.extent(fileId, first);
    Key behind = Key.filePrefix(fileId).afterPrefix();
    splitAt(first);
    while (true) {
      Optional<Map.Entry<Key, Value>> next =
          session
              .reading(index -> index.ceiling(from))
              .filter(e -> e.getKey().compareTo(behind) < 0);
      if (next.isEmpty() || !(next.get().getValue() instanceof ExtentRun run)) {
        return;
      }
      giveUp(next.get().getKey(), run);
    }
  }

  /** Takes one extent out of the run that covers it. */
  void cutOut(long extent) throws IOException, ContainerException {
    splitAt(extent);
    splitAt(extent + 1);
    Key at = Key.extent(fileId, extent);
    Optional<Value> value = session.get(at);
    if (value.isPresent() && value.get() instanceof ExtentRun run) {
      giveUp(at, run);
    }
  }

  private void giveUp(Key key, ExtentRun run) throws IOException, ContainerException {
    session.edits().remove(key);
    session.edits().free(run.first().batch(), run.sealedLength());
  }

  /** Makes a run that covers an extent and the one before into two. */
  private void splitAt(long extent) throws IOException, ContainerException {
    Optional<Map.Entry<Key, Value>> below =
        session.reading(index -> index.floor(Key.extent(fileId, extent)));
    if (below.isEmpty()
        || !(below.get().getValue() instanceof ExtentRun run)
        || below.get().getKey().id() != fileId) {
      return;
    }
    long first = below.get().getKey().extent();
    int left = (int) Math.min(Integer.MAX_VALUE, extent - first);
    if (left == 0 || left >= run.count()) {
      return;
    }
    DataPointer start = run.first();
    put(first, start, EXTENT, left);
    put(extent, run.record(left), start.plainLength(), run.count() - left);
  }

  private void put(long extent, DataPointer start, int lastLength, int count)
      throws IOException, ContainerException {
    DataPointer first =
        new DataPointer(start.epoch(), start.sequence(), start.batch(), start.offset(), lastLength);
    session.edits().put(Key.extent(fileId, extent), new ExtentRun(first, count));
  }
}
