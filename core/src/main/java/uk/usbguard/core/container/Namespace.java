package uk.usbguard.core.container;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.EntryException;
import uk.usbguard.core.error.EntryException.Reason;
import uk.usbguard.core.format.DirectoryEntry;
import uk.usbguard.core.format.EntryContent;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.Names;
import uk.usbguard.core.format.ObjectKind;
import uk.usbguard.core.format.Value;
import uk.usbguard.core.index.IndexCursor;

/** Names to entries: looking up, making, moving and removing them. */
final class Namespace {

  private final Session session;
  private final Contents contents;

  Namespace(Session session, Contents contents) {
    this.session = session;
    this.contents = contents;
  }

  /** Where an entry is: its key and what the key leads to. */
  record Found(Key key, DirectoryEntry entry) {}

  /** The entry at a path; nothing for the root, which has none. */
  Optional<Found> find(ContainerPath path) throws IOException, ContainerException {
    long folder = Entry.ROOT_ID;
    Optional<Found> found = Optional.empty();
    for (String name : path.names()) {
      if (found.isPresent() && !found.get().entry().isFolder()) {
        return Optional.empty();
      }
      found = lookUp(folder, name);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      folder = found.get().entry().objectId();
    }
    return found;
  }

  Found require(ContainerPath path) throws IOException, ContainerException {
    return find(path).orElseThrow(() -> new EntryException(Reason.NO_SUCH_ENTRY, path.toString()));
  }

  Optional<Found> lookUp(long folder, String name) throws IOException, ContainerException {
    Key key = Key.entry(folder, Names.fold(name));
    Optional<Value> value = session.get(key);
    return value
        .filter(DirectoryEntry.class::isInstance)
        .map(entry -> new Found(key, (DirectoryEntry) entry));
  }

  /** The id of the folder at a path. */
  long folderId(ContainerPath path) throws IOException, ContainerException {
    if (path.isRoot()) {
      return Entry.ROOT_ID;
    }
    DirectoryEntry entry = require(path).entry();
    if (!entry.isFolder()) {
      throw new EntryException(Reason.NOT_A_FOLDER, path.toString());
    }
    return entry.objectId();
  }

  /** The file at a path. */
  Found requireFile(ContainerPath path) throws IOException, ContainerException {
    if (path.isRoot()) {
      throw new EntryException(Reason.NOT_A_FILE, path.toString());
    }
    Found found = require(path);
    if (found.entry().isFolder()) {
      throw new EntryException(Reason.NOT_A_FILE, path.toString());
    }
    return found;
  }

  DirectoryEntry makeFolder(ContainerPath path, FileMeta meta)
      throws IOException, ContainerException {
    if (find(path).isPresent() || path.isRoot()) {
      throw new EntryException(Reason.EXISTS, path.toString());
    }
    long parent = folderId(path.parent());
    String name = path.name().orElseThrow();
    DirectoryEntry folder =
        new DirectoryEntry(
            ObjectKind.FOLDER,
            name,
            session.edits().totals().takeObjectId(),
            EntryContent.NONE,
            meta.attributes(),
            meta.times());
    session.edits().put(folder.keyIn(parent), folder);
    session.edits().totals().addFolder(1);
    return folder;
  }

  /** Makes a folder and all above it that are missing. */
  void makeFolders(ContainerPath path, FileMeta meta) throws IOException, ContainerException {
    ContainerPath at = ContainerPath.ROOT;
    for (String name : path.names()) {
      at = at.child(name);
      Optional<Found> found = find(at);
      if (found.isEmpty()) {
        makeFolder(at, meta);
      } else if (!found.get().entry().isFolder()) {
        throw new EntryException(Reason.NOT_A_FOLDER, at.toString());
      }
    }
  }

  /** Takes in a file; what it replaces keeps the name until all of the new one is there. */
  DirectoryEntry store(ContainerPath path, FileMeta meta, InputStream in, PutMode mode)
      throws IOException, ContainerException {
    String name =
        path.name().orElseThrow(() -> new EntryException(Reason.NOT_A_FILE, path.toString()));
    long parent = folderId(path.parent());
    refuseToStoreOver(path, lookUp(parent, name), mode);
    Totals totals = session.edits().totals();
    long id = totals.takeObjectId();
    EntryContent content = contents.store(id, in);
    DirectoryEntry entry =
        new DirectoryEntry(ObjectKind.FILE, name, id, content, meta.attributes(), meta.times());
    Optional<Found> replaced = lookUp(parent, name);
    session.edits().put(entry.keyIn(parent), entry);
    totals.addFile(1, entry.size());
    if (replaced.isPresent()) {
      forget(replaced.get().entry());
    }
    return entry;
  }

  private static void refuseToStoreOver(ContainerPath path, Optional<Found> there, PutMode mode)
      throws EntryException {
    if (there.isEmpty()) {
      return;
    }
    if (mode == PutMode.CREATE) {
      throw new EntryException(Reason.EXISTS, path.toString());
    }
    if (there.get().entry().isFolder()) {
      throw new EntryException(Reason.NOT_A_FILE, path.toString());
    }
  }

  void setMeta(ContainerPath path, FileMeta meta) throws IOException, ContainerException {
    Found found = require(path);
    session
        .edits()
        .put(found.key(), found.entry().withTimes(meta.times()).withAttributes(meta.attributes()));
  }

  void rename(ContainerPath from, ContainerPath to, PutMode mode)
      throws IOException, ContainerException {
    if (from.isRoot() || to.isRoot()) {
      throw new EntryException(Reason.INTO_ITSELF, from.toString());
    }
    Found source = require(from);
    long parent = folderId(to.parent());
    if (source.entry().isFolder()) {
      refuseIntoItself(source.entry(), to);
    }
    DirectoryEntry moved = source.entry().withName(to.name().orElseThrow());
    Key key = moved.keyIn(parent);
    Optional<Found> replaced =
        key.equals(source.key()) ? Optional.empty() : lookUp(parent, moved.name());
    if (replaced.isPresent()) {
      refuseToReplace(to, replaced.get(), mode);
    }
    session.edits().remove(source.key());
    session.edits().put(key, moved);
    session.edits().held().moved(moved.objectId(), key);
    if (replaced.isPresent()) {
      forget(replaced.get().entry());
    }
  }

  private void refuseToReplace(ContainerPath to, Found there, PutMode mode)
      throws IOException, ContainerException {
    if (mode == PutMode.CREATE) {
      throw new EntryException(Reason.EXISTS, to.toString());
    }
    if (there.entry().isFolder() && !isEmpty(there.entry().objectId())) {
      throw new EntryException(Reason.FOLDER_NOT_EMPTY, to.toString());
    }
  }

  private void refuseIntoItself(DirectoryEntry moved, ContainerPath to)
      throws IOException, ContainerException {
    for (ContainerPath above = to.parent(); !above.isRoot(); above = above.parent()) {
      Optional<Found> found = find(above);
      if (found.isPresent() && found.get().entry().objectId() == moved.objectId()) {
        throw new EntryException(Reason.INTO_ITSELF, to.toString());
      }
    }
  }

  /** Removes a file or an empty folder. */
  void remove(ContainerPath path) throws IOException, ContainerException {
    Found found = require(path);
    if (found.entry().isFolder() && !isEmpty(found.entry().objectId())) {
      throw new EntryException(Reason.FOLDER_NOT_EMPTY, path.toString());
    }
    session.edits().remove(found.key());
    forget(found.entry());
  }

  /** What an entry that is no longer there leaves to be tidied. */
  private void forget(DirectoryEntry gone) throws IOException, ContainerException {
    if (gone.isFolder()) {
      session.edits().totals().addFolder(-1);
      return;
    }
    session.edits().totals().addFile(-1, -gone.size()); // first: releasing may commit on its way
    contents.release(gone);
  }

  private boolean isEmpty(long folder) throws IOException, ContainerException {
    Key prefix = Key.folderPrefix(folder);
    return session.reading(
        index -> {
          IndexCursor cursor = index.scan(prefix, prefix.afterPrefix());
          return !cursor.advance();
        });
  }
}
