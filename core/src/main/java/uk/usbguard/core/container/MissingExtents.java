package uk.usbguard.core.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.format.BatchLayout;
import uk.usbguard.core.format.DataPointer;
import uk.usbguard.core.format.DirectoryEntry;
import uk.usbguard.core.format.EntryContent;
import uk.usbguard.core.format.ExtentRun;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.Value;
import uk.usbguard.core.index.Index;
import uk.usbguard.core.index.IndexCursor;

/**
 * Extents whose place in the index is lost must not read as zeros, as extents do that never were
 * written. So each gets a record that is sealed for nobody, the root folder: it never opens as the
 * file's, and reading there goes on saying that it is damaged.
 */
final class MissingExtents {

  private final Session session;
  private final Restoration restoration;
  private final Index index;
  private long marked;

  MissingExtents(Session session, Restoration restoration) {
    this.session = session;
    this.restoration = restoration;
    this.index = restoration.index();
  }

  /** How many extents were marked. */
  long marked() {
    return marked;
  }

  /** Marks them in all files. */
  void run() throws IOException, ContainerException {
    List<DirectoryEntry> files = new ArrayList<>();
    IndexCursor entries = index.scan(Key.prefix(Key.Kind.ENTRY), Key.prefix(Key.Kind.EXTENT));
    while (entries.advance()) {
      if (entries.value() instanceof DirectoryEntry entry
          && entry.content() instanceof EntryContent.Extents
          && mayMiss(entry.objectId())) {
        files.add(entry);
      }
    }
    for (DirectoryEntry file : files) {
      mark(file);
    }
  }

  private boolean mayMiss(long fileId) {
    Key from = Key.filePrefix(fileId);
    Key to = from.afterPrefix();
    return restoration.unknown().stream()
        .anyMatch(range -> range.from().compareTo(to) < 0 && from.compareTo(range.to()) < 0);
  }

  private void mark(DirectoryEntry file) throws IOException, ContainerException {
    long id = file.objectId();
    long extents = (file.size() + BatchLayout.EXTENT - 1) / BatchLayout.EXTENT;
    for (long extent = 0; extent < extents; ) {
      long covered = coveredFrom(id, extent);
      if (covered > extent) {
        extent = covered;
      } else {
        if (isSuspect(id, extent)) {
          mark(id, extent);
        }
        extent++;
      }
    }
  }

  /** Behind the run that covers an extent; the extent itself if none does. */
  private long coveredFrom(long id, long extent) throws IOException, ContainerException {
    Optional<Map.Entry<Key, Value>> below = index.floor(Key.extent(id, extent));
    return below.isPresent()
            && below.get().getKey().id() == id
            && below.get().getValue() instanceof ExtentRun run
        ? Math.max(extent, below.get().getKey().extent() + run.count())
        : extent;
  }

  /** True if a run that covered it may have begun in what is lost. */
  private boolean isSuspect(long id, long extent) {
    Key first = Key.extent(id, Math.max(0, extent - (BatchLayout.MAX_RUN - 1)));
    Key behind = Key.extent(id, extent).successor();
    return restoration.unknown().stream()
        .anyMatch(range -> range.from().compareTo(behind) < 0 && first.compareTo(range.to()) < 0);
  }

  private void mark(long id, long extent) throws IOException, ContainerException {
    marked++;
    if (restoration.writes()) {
      DataPointer nobody = session.edits().addData(new byte[1], 1, Entry.ROOT_ID, 0, () -> {});
      restoration.change(Key.extent(id, extent), Optional.of(new ExtentRun(nobody, 1)));
    }
  }
}
