package uk.usbguard.cli.work;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import uk.usbguard.cli.render.NoteKind;
import uk.usbguard.cli.render.Notes;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerPath;
import uk.usbguard.core.container.Entry;
import uk.usbguard.core.container.EntryCursor;
import uk.usbguard.core.container.FileReader;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.DiskFull;
import uk.usbguard.core.error.MediumReadException;

/**
 * Takes trees out of a container. Walks and makes folders on the calling thread, writes files on
 * two others. What is damaged or in the way is reported and the rest goes on; a full disk ends it.
 */
final class Exporter {

  private final Container container;
  private final ExportPlan plan;
  private final Notes notes;
  private final BooleanSupplier cancelled;
  private final FileWriter writer;
  private final TargetNames names;
  private final AtomicLong files = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final List<Made> made = new ArrayList<>();
  private long folders;

  /** A folder whose times are set when all is in it. */
  private record Made(Entry entry, Path folder) {}

  /** Finds the content of a file. */
  private interface Opening {
    FileReader open() throws IOException, ContainerException;
  }

  private record Pending(ContainerPath path, Path folder) {}

  Exporter(
      Container container,
      ExportPlan plan,
      TargetNames names,
      FileWriter writer,
      Notes notes,
      BooleanSupplier cancelled) {
    this.container = container;
    this.plan = plan;
    this.names = names;
    this.writer = writer;
    this.notes = notes;
    this.cancelled = cancelled;
  }

  /** Takes out what the plan says. */
  void run() throws IOException, ContainerException {
    try (WriterPool pool = new WriterPool(cancelled)) {
      if (plan.paths().isEmpty()) {
        contents(ContainerPath.ROOT, plan.target(), pool);
      }
      for (ContainerPath path : plan.paths()) {
        Entry entry = container.require(path);
        Path target = takeOut(entry, path, plan.target(), pool);
        if (target != null) {
          contents(path, target, pool);
        }
      }
      pool.finish();
    } finally {
      setFolderTimes();
    }
  }

  long files() {
    return files.get();
  }

  long folders() {
    return folders;
  }

  long bytes() {
    return bytes.get();
  }

  private void contents(ContainerPath from, Path to, WriterPool pool)
      throws IOException, ContainerException {
    Deque<Pending> open = new ArrayDeque<>();
    open.push(new Pending(from, to));
    while (!open.isEmpty() && !cancelled.getAsBoolean()) {
      Pending pending = open.pop();
      try {
        EntryCursor cursor =
            container.listTolerant(
                pending.path,
                damage -> notes.add(NoteKind.DAMAGED_FOLDER, pending.path.toString(), ""));
        while (cursor.advance() && !cancelled.getAsBoolean()) {
          Entry entry = cursor.current();
          ContainerPath path = pending.path.child(entry.name());
          Path folder = null;
          if (entry.isFolder()) {
            folder = makeFolder(entry, path, pending.folder);
          } else {
            FileReader reader = cursor.openCurrent();
            pool.execute(() -> writeFile(() -> reader, entry, path, pending.folder));
          }
          if (folder != null) {
            open.push(new Pending(path, folder));
          }
        }
      } catch (DamagedContainerException e) {
        notes.add(NoteKind.DAMAGED_FOLDER, pending.path.toString(), "");
      } catch (MediumReadException e) {
        requireDamagedToo(e);
        notes.add(NoteKind.DAMAGED_FOLDER, pending.path.toString(), "");
      }
    }
  }

  /** A drive that fails may be one that was pulled out: only who asked for it gets the rest. */
  private void requireDamagedToo(MediumReadException e) throws MediumReadException {
    if (!plan.damagedToo()) {
      throw e;
    }
  }

  /** Makes the folder and returns it, or hands the file to a writer and returns null. */
  private @Nullable Path takeOut(Entry entry, ContainerPath path, Path folder, WriterPool pool)
      throws IOException, ContainerException {
    if (entry.isFolder()) {
      return makeFolder(entry, path, folder);
    }
    pool.execute(() -> writeFile(() -> container.openFile(path), entry, path, folder));
    return null;
  }

  private boolean isHarmless(Entry entry, ContainerPath path) {
    boolean harmless = TargetNames.isHarmless(entry.name());
    if (!harmless) {
      notes.add(NoteKind.DAMAGED, path.toString(), "");
    }
    return harmless;
  }

  private @Nullable Path makeFolder(Entry entry, ContainerPath path, Path parent)
      throws IOException, ContainerException {
    if (!isHarmless(entry, path)) {
      return null;
    }
    for (int attempt = 1; ; attempt++) {
      try {
        Path folder = resolve(parent, free(candidate(entry.name(), attempt), entry, path));
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
          Files.createDirectory(folder);
          folders++;
        }
        made.add(new Made(entry, folder));
        noteIfRenamed(entry, path, folder);
        return folder;
      } catch (FileAlreadyExistsException e) {
        notes.add(NoteKind.EXISTS, path.toString(), e.getFile());
        return null;
      } catch (InvalidPathException | FileSystemException e) {
        if (attempt > 1 || isFull(e)) {
          return failed(path, e);
        }
      }
    }
  }

  private void writeFile(Opening opening, Entry entry, ContainerPath path, Path folder)
      throws IOException, ContainerException {
    if (!isHarmless(entry, path)) {
      return;
    }
    try {
      FileReader reader = opening.open();
      try {
        writeWhole(reader, entry, path, folder);
      } catch (DamagedContainerException e) {
        if (!plan.damagedToo()) {
          throw e;
        }
        writeFile(ExportedCopy.aroundDamage(reader), entry, path, folder);
      } catch (MediumReadException e) {
        requireDamagedToo(e);
        writeFile(ExportedCopy.aroundDamage(reader), entry, path, folder);
      }
    } catch (DamagedContainerException e) {
      notes.add(NoteKind.DAMAGED, path.toString(), "");
    } catch (MediumReadException e) {
      requireDamagedToo(e);
      notes.add(NoteKind.DAMAGED, path.toString(), "");
    }
  }

  /** With --damaged twice if need be: a drive that fails to read may succeed a moment later. */
  private void writeWhole(FileReader reader, Entry entry, ContainerPath path, Path folder)
      throws IOException, ContainerException {
    try {
      writeFile(ExportedCopy.whole(reader), entry, path, folder);
    } catch (MediumReadException e) {
      requireDamagedToo(e);
      writeFile(ExportedCopy.whole(reader), entry, path, folder);
    }
  }

  private void writeFile(ExportedCopy copy, Entry entry, ContainerPath path, Path folder)
      throws IOException, ContainerException {
    for (int attempt = 1; attempt <= 2; attempt++) {
      if (writeAs(copy, entry, path, folder, attempt)) {
        return;
      }
    }
  }

  private boolean writeAs(
      ExportedCopy copy, Entry entry, ContainerPath path, Path folder, int attempt)
      throws IOException, ContainerException {
    try {
      String name = free(copy.name(candidate(entry.name(), attempt)), entry, path);
      Path file = write(copy, entry, folder, name);
      written(copy, entry, path, file);
      return true;
    } catch (CancelledException e) {
      return true;
    } catch (FileAlreadyExistsException e) {
      notes.add(NoteKind.EXISTS, path.toString(), e.getFile());
      return true;
    } catch (InvalidPathException | FileSystemException e) {
      if (attempt == 1 && !isFull(e)) {
        return false; // the target does not take the name: once more with a plain one
      }
      failed(path, e);
      return true;
    }
  }

  private void written(ExportedCopy copy, Entry entry, ContainerPath path, Path file) {
    if (copy.isAroundDamage()) {
      String name = String.valueOf(file.getFileName());
      notes.add(NoteKind.DAMAGED_COPY, path.toString(), name, copy.zeros());
      return;
    }
    files.incrementAndGet();
    bytes.addAndGet(entry.size());
    noteIfRenamed(entry, path, file);
  }

  private Path write(ExportedCopy copy, Entry entry, Path folder, String name)
      throws IOException, ContainerException {
    boolean overwrite = plan.overwrite() && !copy.isAroundDamage();
    boolean mapped = !name.equals(entry.name());
    for (int number = 1; ; number++) {
      Path file = resolve(folder, Twins.name(name, number));
      try {
        writer.write(copy, entry, file, overwrite);
        return file;
      } catch (FileAlreadyExistsException e) {
        if (!mapped || overwrite) {
          throw e;
        }
      }
    }
  }

  /** A name that had to be changed must not take the one that a sibling has by right. */
  private String free(String name, Entry entry, ContainerPath path)
      throws IOException, ContainerException {
    if (name.equals(entry.name())) {
      return name;
    }
    int number = 1;
    while (container.find(path.parent().child(Twins.name(name, number))).isPresent()) {
      number++;
    }
    return Twins.name(name, number);
  }

  private String candidate(String name, int attempt) {
    return attempt == 1 ? names.map(name) : TargetNames.mapPlainly(name);
  }

  private static Path resolve(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    if (!folder.equals(file.getParent())) {
      throw new FileSystemException(name, null, "leads out of the folder");
    }
    return file;
  }

  private @Nullable Path failed(ContainerPath path, Exception e) throws IOException {
    if (e instanceof IOException io) {
      if (DiskFull.is(io)) {
        throw io;
      }
      notes.add(NoteKind.NOT_WRITTEN, path.toString(), SourceWalk.reason(io));
    } else {
      notes.add(NoteKind.NOT_WRITTEN, path.toString(), "the name cannot be written");
    }
    return null;
  }

  private static boolean isFull(Exception e) {
    return e instanceof IOException io && DiskFull.is(io);
  }

  private void noteIfRenamed(Entry entry, ContainerPath path, Path file) {
    String name = String.valueOf(file.getFileName());
    if (!name.equals(entry.name())) {
      notes.add(NoteKind.RENAMED, path.toString(), name);
    }
  }

  private void setFolderTimes() {
    for (int i = made.size() - 1; i >= 0; i--) {
      Made folder = made.get(i);
      try {
        FileWriter.setTimes(folder.entry, folder.folder);
      } catch (IOException e) {
        notes.add(NoteKind.NOT_WRITTEN, folder.folder.toString(), SourceWalk.reason(e));
      }
    }
  }
}
