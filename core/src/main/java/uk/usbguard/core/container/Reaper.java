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
 * came to its end. It goes on over as many commits as it takes; after a crash the next writer does.
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
    session.remove(key);
    session.put(Key.orphan(folder.objectId()), new Orphan(ObjectKind.FOLDER));
    session.totals().addFolder(-1);
  }

  /** Removes everything that hangs on an orphan. */
  RemoveResult reap() throws IOException, ContainerException {
    long files = 0;
    long folders = 0;
    long bytes = 0;
    Key first = Key.prefix(Key.Kind.ORPHAN);
    while (true) {
      Optional<Map.Entry<Key, Value>> next = session.reading(index -> index.ceiling(first));
      if (next.isEmpty() || !(next.get().getValue() instanceof Orphan orphan)) {
        return new RemoveResult(files, folders, bytes);
      }
      long id = next.get().getKey().id();
      if (orphan.object() == ObjectKind.FILE) {
        contents.releaseExtents(id);
      } else {
        RemoveResult below = emptyFolder(id);
        files += below.files();
        folders += below.folders() + 1;
        bytes += below.bytes();
      }
      session.remove(next.get().getKey());
      commitIfDue();
    }
  }

  private RemoveResult emptyFolder(long folder) throws IOException, ContainerException {
    long files = 0;
    long bytes = 0;
    Key prefix = Key.folderPrefix(folder);
    Key end = prefix.afterPrefix();
    while (true) {
      Optional<Map.Entry<Key, Value>> next =
          session
              .reading(index -> index.ceiling(prefix))
              .filter(e -> e.getKey().compareTo(end) < 0);
      if (next.isEmpty() || !(next.get().getValue() instanceof DirectoryEntry entry)) {
        return new RemoveResult(files, 0, bytes);
      }
      if (entry.isFolder()) {
        cutOff(next.get().getKey(), entry);
      } else {
        session.remove(next.get().getKey());
        contents.release(entry);
        session.totals().addFile(-1, -entry.size());
        files++;
        bytes += entry.size();
      }
      commitIfDue();
    }
  }

  /** A file that is being written: content that a crash would leave without a name. */
  void begin(long fileId) throws IOException, ContainerException {
    session.put(Key.orphan(fileId), new Orphan(ObjectKind.FILE));
  }

  /** The file has its name now. */
  void end(long fileId) throws IOException, ContainerException {
    session.remove(Key.orphan(fileId));
  }

  private void commitIfDue() throws IOException, ContainerException {
    if (session.isCommitDue()) {
      session.commitPart();
    }
  }
}
