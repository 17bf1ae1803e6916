package uk.usbguard.core.nio;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerPath;
import uk.usbguard.core.container.Entry;
import uk.usbguard.core.container.FileMeta;
import uk.usbguard.core.container.PutMode;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.EntryException;

/** What a file system does with the files and folders of its container. */
final class Entries {

  private final Container container;
  private final OpenFiles files;

  Entries(Container container) {
    this.container = container;
    this.files = new OpenFiles(container);
  }

  OpenFiles files() {
    return files;
  }

  void close() throws IOException {
    files.close();
  }

  /** Something done with the container, whose failures are put into the JDK's words. */
  @FunctionalInterface
  interface Step<T> {
    T take() throws IOException, ContainerException;
  }

  static <T> T step(Path path, Step<T> step) throws IOException {
    try {
      return step.take();
    } catch (ContainerException e) {
      throw Failures.of(e, path.toString());
    }
  }

  <T> T changing(Path path, Step<T> step) throws IOException {
    requireWritable();
    return step(path, step);
  }

  void requireWritable() {
    if (!container.isWritable()) {
      throw new ReadOnlyFileSystemException();
    }
  }

  private static FileSystemException notForTheRoot(Path path) {
    return new FileSystemException(path.toString(), null, "not possible with the root folder");
  }

  // ---- looking

  /** What is at a path, with all that channels have written to it. */
  BasicAttributes attributes(EntryPath path) throws IOException {
    return new BasicAttributes(require(path));
  }

  Entry require(EntryPath path) throws IOException {
    ContainerPath at = path.inContainer();
    return step(
        path,
        () -> {
          Entry entry = container.require(at);
          return files.flush(entry.id()) ? container.require(at) : entry;
        });
  }

  Optional<Entry> find(EntryPath path) throws IOException {
    return step(path, () -> container.find(path.inContainer()));
  }

  /** The names of a path as they are stored. */
  List<String> realNames(EntryPath path) throws IOException {
    return step(
        path,
        () -> {
          List<String> names = new ArrayList<>();
          ContainerPath at = ContainerPath.ROOT;
          for (String name : path.inContainer().names()) {
            at = at.child(name);
            names.add(container.require(at).name());
          }
          return names;
        });
  }

  void checkAccess(EntryPath path, AccessMode... modes) throws IOException {
    Entry entry = require(path);
    for (AccessMode mode : modes) {
      boolean denied =
          switch (mode) {
            case READ -> false;
            case WRITE -> !container.isWritable();
            case EXECUTE -> !entry.isFolder() && !entry.executable();
          };
      if (denied) {
        throw new AccessDeniedException(path.toString());
      }
    }
  }

  DirectoryStream<Path> list(EntryPath folder, DirectoryStream.Filter<? super Path> filter)
      throws IOException {
    if (!require(folder).isFolder()) {
      throw new NotDirectoryException(folder.toString());
    }
    return step(
        folder,
        () ->
            files.add(
                new FolderStream(
                    folder, container.list(folder.inContainer()), filter, files::remove)));
  }

  // ---- changing

  void makeFolder(EntryPath path) throws IOException {
    ContainerPath at = path.inContainer();
    changing(path, () -> container.makeFolder(at, FileMeta.at(container.now())));
  }

  void delete(EntryPath path) throws IOException {
    ContainerPath at = path.inContainer();
    if (at.isRoot()) {
      throw notForTheRoot(path);
    }
    changing(
        path,
        () -> {
          container.remove(at);
          return at;
        });
  }

  /** Moves within the container, in one step also for whoever pulls the stick. */
  void move(EntryPath source, EntryPath target, PutMode mode) throws IOException {
    ContainerPath from = source.inContainer();
    ContainerPath to = target.inContainer();
    if (from.isRoot()) {
      throw notForTheRoot(source);
    }
    if (to.isRoot()) {
      throw new FileAlreadyExistsException(target.toString());
    }
    require(source);
    changing(
        target,
        () -> {
          container.rename(from, to, mode);
          return to;
        });
  }

  /** Copies a file, or a folder without what is in it, also from another container. */
  void copy(EntryPath source, EntryPath target, boolean replace, boolean withAttributes)
      throws IOException {
    requireWritable();
    Entries others = source.getFileSystem().entries();
    Entry entry = others.require(source);
    ContainerPath to = target.inContainer();
    if (replace) {
      makeWay(target, to, entry.isFolder());
    }
    FileMeta meta = meta(entry, withAttributes);
    if (entry.isFolder()) {
      step(target, () -> container.makeFolder(to, meta));
      return;
    }
    EntryStream content = others.stream(source);
    PutMode mode = replace ? PutMode.REPLACE : PutMode.CREATE;
    step(target, () -> container.put(to, meta, content, mode));
  }

  /** Moves a file or an empty folder into another container. */
  void moveTo(Entries others, EntryPath source, EntryPath target, boolean replace)
      throws IOException {
    requireWritable();
    if (source.inContainer().isRoot()) {
      throw notForTheRoot(source);
    }
    if (require(source).isFolder()) {
      try (DirectoryStream<Path> content = list(source, path -> true)) {
        if (content.iterator().hasNext()) {
          throw new DirectoryNotEmptyException(source.toString());
        }
      }
    }
    others.copy(source, target, replace, true);
    delete(source);
  }

  private EntryStream stream(EntryPath source) throws IOException {
    return step(
        source, () -> new EntryStream(container.openFile(source.inContainer()), source.toString()));
  }

  /** A file replaces a file in one step; what else is there has to go first. */
  private void makeWay(EntryPath target, ContainerPath to, boolean forFolder) throws IOException {
    Optional<Entry> there = find(target);
    if (there.isPresent() && !to.isRoot() && (forFolder || there.get().isFolder())) {
      delete(target);
    }
  }

  private FileMeta meta(Entry entry, boolean withAttributes) {
    return withAttributes
        ? new FileMeta(entry.modified(), entry.created(), entry.executable(), entry.readOnly())
        : FileMeta.at(container.now());
  }

  void setTimes(EntryPath path, @Nullable FileTime modified, @Nullable FileTime created)
      throws IOException {
    requireWritable();
    Entry entry = require(path);
    ContainerPath at = path.inContainer();
    if (at.isRoot()) {
      throw notForTheRoot(path);
    }
    Instant modifiedAt = modified == null ? entry.modified() : modified.toInstant();
    Instant createdAt = created == null ? entry.created() : created.toInstant();
    FileMeta meta = new FileMeta(modifiedAt, createdAt, entry.executable(), entry.readOnly());
    changing(
        path,
        () -> {
          container.setMeta(at, meta);
          return at;
        });
  }

  /** Removes a file that was to live as long as its channel, if it is still that file. */
  void deleteIfStill(EntryPath path, long id) throws IOException {
    try {
      ContainerPath at = path.inContainer();
      if (container.require(at).id() == id) {
        container.remove(at);
      }
    } catch (EntryException e) {
      // it is gone already, which is what was asked for
    } catch (ContainerException e) {
      throw Failures.of(e, path.toString());
    }
  }
}
