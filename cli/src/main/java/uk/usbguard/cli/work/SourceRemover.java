package uk.usbguard.cli.work;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import uk.usbguard.cli.render.NoteKind;
import uk.usbguard.cli.render.Notes;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerPath;
import uk.usbguard.core.container.FileReader;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.EntryException;

/**
 * Removes plain files that are safely in the container: after a commit, and after each was read
 * back, from the medium itself where the system allows it, and is byte for byte what is on disk
 * now. What differs stays.
 *
 * <p>What is gone is gone for good, too, before the container takes the room: a FAT that still knew
 * a removed file would find it crossed with the container after a crash, and its check would cut
 * one of the two.
 */
final class SourceRemover {

  private static final int FILES = 512;
  private static final long BYTES = 16L << 20;

  private final Container container;
  private final Notes notes;
  private final List<Stored> waiting = new ArrayList<>();
  private final Set<Path> changedFolders = new LinkedHashSet<>();
  private long waitingBytes;
  private long removed;

  private final Consumer<Path> forceFolder;

  /** Where files are read back from. */
  @FunctionalInterface
  private interface ReadBack {
    FileReader openFile(ContainerPath path) throws IOException, ContainerException;
  }

  private record Stored(Path file, ContainerPath path, long size) {}

  SourceRemover(Container container, Notes notes) {
    this(container, notes, SourceRemover::force);
  }

  /** Takes what makes a folder last on the medium. */
  SourceRemover(Container container, Notes notes, Consumer<Path> forceFolder) {
    this.container = container;
    this.notes = notes;
    this.forceFolder = forceFolder;
  }

  /**
   * Takes a file that was stored, and removes those taken so far if they are enough for a commit.
   */
  void stored(Path file, ContainerPath path, long size) throws IOException, ContainerException {
    waiting.add(new Stored(file, path, size));
    waitingBytes += size;
    if (waiting.size() >= FILES || waitingBytes >= BYTES) {
      removeStored();
    }
  }

  /** Commits, compares, removes. */
  void removeStored() throws IOException, ContainerException {
    if (waiting.isEmpty()) {
      return;
    }
    container.commit();
    ReadBack back =
        container.onMedium().<ReadBack>map(m -> m::openFile).orElse(container::openFile);
    for (Stored stored : waiting) {
      remove(stored, back);
    }
    waiting.clear();
    waitingBytes = 0;
    makeItLast();
  }

  /** Removes the folders that have become empty; never the root of a drive. */
  void removeEmptyFolders(List<Path> sources, @Nullable Path keep) throws IOException {
    for (Path source : sources) {
      if (Files.isDirectory(source, LinkOption.NOFOLLOW_LINKS)) {
        Files.walkFileTree(source, new EmptyFolders(keep));
      }
    }
    makeItLast();
  }

  /** How many plain files are gone. */
  long removed() {
    return removed;
  }

  private void remove(Stored stored, ReadBack back) throws IOException, ContainerException {
    try {
      if (isSame(stored, back)) {
        Files.delete(stored.file);
        changed(stored.file);
        removed++;
      } else {
        notes.add(NoteKind.NOT_REMOVED, stored.file.toString(), "it has changed");
      }
    } catch (EntryException e) {
      if (container.find(stored.path).isPresent()) {
        notes.add(NoteKind.NOT_REMOVED, stored.file.toString(), "it is not on the drive yet");
      } else {
        // The medium was full before it was saved: the plain file is all there is.
        notes.add(NoteKind.NO_ROOM, stored.file.toString(), "");
      }
    } catch (FileSystemException e) {
      notes.add(NoteKind.NOT_REMOVED, stored.file.toString(), SourceWalk.reason(e));
    }
  }

  private void changed(Path gone) {
    Path folder = gone.toAbsolutePath().getParent();
    if (folder != null) {
      changedFolders.add(folder);
    }
  }

  /** Without this a pulled stick may have the plain files back. */
  private void makeItLast() {
    changedFolders.forEach(forceFolder);
    changedFolders.clear();
  }

  private static void force(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // It is gone itself; or this is Windows, which opens no folder and writes its tables itself.
    }
  }

  private boolean isSame(Stored stored, ReadBack back) throws IOException, ContainerException {
    BasicFileAttributes before = look(stored.file);
    FileReader reader = back.openFile(stored.path);
    try (var plain = Files.newInputStream(stored.file, LinkOption.NOFOLLOW_LINKS)) {
      if (!ContentComparison.isSame(plain, reader)) {
        return false;
      }
    }
    BasicFileAttributes after = look(stored.file);
    return before.size() == after.size()
        && before.lastModifiedTime().equals(after.lastModifiedTime());
  }

  private static BasicFileAttributes look(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private final class EmptyFolders extends SimpleFileVisitor<Path> {

    private final @Nullable Path keep;

    EmptyFolders(@Nullable Path keep) {
      this.keep = keep;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE; // reported when it was to be stored
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
        throws IOException {
      if (!folder.equals(keep)) {
        try {
          Files.delete(folder);
          changed(folder);
        } catch (DirectoryNotEmptyException notEmpty) {
          return FileVisitResult.CONTINUE; // something in it was left out and stays
        } catch (FileSystemException busy) {
          if (!DriveRoots.isMountPoint(folder)) { // that of a stick stays, of course
            notes.add(NoteKind.NOT_REMOVED, folder.toString(), SourceWalk.reason(busy));
          }
        }
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
