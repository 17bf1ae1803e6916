package uk.usbguard.core.container;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.format.DirectoryEntry;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.ObjectKind;
import uk.usbguard.core.format.Orphan;
import uk.usbguard.core.format.Value;

/**
 * Removes what has no name any more: trees that were cut off in one step, files whose writing never
 * came to its end. It goes on over as many commits as it takes; after a crash, or when it was asked
 * to stop early, the next writer does.
 */
final class Reaper {

  private final Session session;
  private final Contents contents;

  Reaper(Session session, Contents contents) {
    this.session = session;
    this.contents = contents;
  }

  /** Cuts a folder off; from the next commit on it and all below it are gone. */
  void cutOff(Key key, DirectoryEntry folder) throws IOException, ContainerException {
    session.edits().remove(key);
    session.edits().put(Key.orphan(folder.objectId()), new Orphan(ObjectKind.FOLDER));
    session.edits().totals().addFolder(-1);
  }

  /** Removes everything that hangs on an orphan; the progress is in bytes of removed files. */
  RemoveResult reap(ProgressListener progress) throws IOException, ContainerException {
    Tally tally = new Tally(progress);
    Key first = Key.prefix(Key.Kind.ORPHAN);
    while (true) {
      Optional<Map.Entry<Key, Value>> next = session.reading(index -> index.ceiling(first));
      if (next.isEmpty() || !(next.get().getValue() instanceof Orphan orphan)) {
        return tally.result(true);
      }
      long id = next.get().getKey().id();
      if (orphan.object() == ObjectKind.FILE) {
        contents.releaseExtents(id);
      } else if (emptyFolder(id, tally)) {
        tally.folders++;
      } else {
        return tally.result(false);
      }
      session.edits().remove(next.get().getKey());
      session.edits().commitIfDue();
    }
  }

  /** Takes out what is in a folder; false if that was stopped early, with something left in it. */
  private boolean emptyFolder(long folder, Tally tally) throws IOException, ContainerException {
    Key prefix = Key.folderPrefix(folder);
    Key end = prefix.afterPrefix();
    while (!session.isStopRequested()) {
      Optional<Map.Entry<Key, Value>> next =
          session
              .reading(index -> index.ceiling(prefix))
              .filter(e -> e.getKey().compareTo(end) < 0);
      if (next.isEmpty() || !(next.get().getValue() instanceof DirectoryEntry entry)) {
        return true;
      }
      if (entry.isFolder()) {
        cutOff(next.get().getKey(), entry);
      } else {
        session.edits().remove(next.get().getKey());
        contents.release(entry);
        session.edits().totals().addFile(-1, -entry.size());
        tally.file(entry.size());
      }
      session.edits().commitIfDue();
    }
    return false;
  }

  /** What was removed so far. */
  private static final class Tally {
    private final ProgressListener progress;
    private long files;
    private long folders;
    private long bytes;

    Tally(ProgressListener progress) {
      this.progress = progress;
    }

    void file(long size) {
      files++;
      bytes += size;
      progress.advanced(bytes, -1);
    }

    RemoveResult result(boolean complete) {
      return new RemoveResult(files, folders, bytes, complete);
    }
  }

  /** A file that is being written: content that a crash would leave without a name. */
  void begin(long fileId) throws IOException, ContainerException {
    session.edits().put(Key.orphan(fileId), new Orphan(ObjectKind.FILE));
  }

  /** The file has its name now. */
  void end(long fileId) throws IOException, ContainerException {
    session.edits().remove(Key.orphan(fileId));
  }
}
