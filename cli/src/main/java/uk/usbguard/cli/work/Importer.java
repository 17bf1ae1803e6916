package uk.usbguard.cli.work;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import uk.usbguard.cli.console.Progress;
import uk.usbguard.cli.render.ImportCounts;
import uk.usbguard.cli.render.NoteKind;
import uk.usbguard.cli.render.Notes;
import uk.usbguard.cli.render.Written;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerInfo;
import uk.usbguard.core.container.ContainerPath;
import uk.usbguard.core.container.Entry;
import uk.usbguard.core.container.PutMode;
import uk.usbguard.core.container.WriteStatistics;
import uk.usbguard.core.error.BugException;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.EntryException;
import uk.usbguard.core.error.MediumFullException;

/**
 * The one writer of an import: takes what {@link ReadAhead} brings, in order. A file that cannot be
 * read is reported and the rest goes on; a container that cannot be written ends it. The engine
 * commits on its own, and what is left is committed at the end.
 */
final class Importer {

  private final Container container;
  private final ImportPlan plan;
  private final Notes notes;
  private final Progress progress;
  private final BooleanSupplier cancelled;
  private final SourceRemover remover;

  private final Claims claims = new Claims();
  private final StoredFiles stored;

  private long files;
  private long folders;
  private long bytes;
  private long unchanged;
  private long seenBytes;
  private boolean full;

  Importer(
      Container container,
      ImportPlan plan,
      Notes notes,
      Progress progress,
      BooleanSupplier cancelled) {
    this.container = container;
    this.plan = plan;
    this.notes = notes;
    this.progress = progress;
    this.cancelled = cancelled;
    this.remover = new SourceRemover(container, notes);
    this.stored = new StoredFiles(container);
  }

  /** Stores and saves everything; what it counts is on the medium. */
  void run(ReadAhead ahead) throws IOException, ContainerException {
    ContainerInfo before = container.info();
    try {
      storeAll(ahead);
      container.commit();
    } catch (MediumFullException e) {
      full = true;
      throw e;
    } finally {
      if (full) {
        recount(before);
      }
    }
  }

  private void storeAll(ReadAhead ahead) throws IOException, ContainerException {
    Optional<SourceItem> next = ahead.next();
    while (next.isPresent() && !cancelled.getAsBoolean()) {
      SourceItem item = next.get();
      try {
        store(item);
      } catch (CancelledException e) {
        return;
      } finally {
        ahead.release(item);
      }
      next = ahead.next();
    }
    if (plan.removeSources() && !cancelled.getAsBoolean()) {
      remover.removeStored();
      remover.removeEmptyFolders(
          plan.drive() == null ? plan.sources() : List.of(plan.drive()), plan.drive());
    }
  }

  /** Where the medium was full, what was not saved is not counted. */
  private void recount(ContainerInfo before) throws IOException, ContainerException {
    ContainerInfo now = container.info();
    files = now.files() - before.files();
    folders = now.folders() - before.folders();
    bytes = now.payloadBytes() - before.payloadBytes();
  }

  ImportCounts counts() {
    return new ImportCounts(files, folders, bytes, unchanged, remover.removed());
  }

  /** What it cost the medium; complete once the container is closed. */
  Written written() {
    WriteStatistics cost = container.statistics();
    return new Written(
        cost.commits(), cost.forces(), cost.growths(), cost.bytesWritten(), cost.payloadBytes());
  }

  private void store(SourceItem item) throws IOException, ContainerException {
    ContainerPath parent = item.parent().path();
    if (parent == null) {
      notes.add(NoteKind.NAME_REFUSED, item.file().toString(), "");
      return;
    }
    try {
      if (item.name().escaped()) {
        notes.add(NoteKind.NAME_ESCAPED, item.file().toString(), item.name().name());
      }
      if (item.own() != null) {
        storeFolder(item, parent, item.own());
      } else {
        storeFile(item, parent);
      }
    } catch (EntryException e) {
      if (e.reason() != EntryException.Reason.NAME_REFUSED) {
        throw e;
      }
      notes.add(NoteKind.NAME_REFUSED, item.file().toString(), "");
    }
  }

  private void storeFolder(SourceItem item, ContainerPath parent, Place own)
      throws IOException, ContainerException {
    for (int number = item.twin().number(); ; number++) {
      ContainerPath path = parent.child(Twins.name(item.name().name(), number));
      Optional<Entry> existing = container.find(path);
      if (existing.isPresent()
          && (!existing.get().isFolder() || claims.isAnothers(path, item.name().name()))) {
        continue;
      }
      claims.addFolder(path, item.name().name());
      if (existing.isEmpty()) {
        container.makeFolder(path, item.entry().meta());
        folders++;
      }
      noteIfRenamed(item, path, number);
      own.settle(path);
      return;
    }
  }

  private void storeFile(SourceItem item, ContainerPath parent)
      throws IOException, ContainerException {
    FileContent content;
    try {
      content = content(item);
    } catch (IOException e) {
      SourceWalk.noteFailure(notes, item.file(), e);
      return;
    }
    if (item.twin().number() > 1 && settledUnderItsName(item, content, parent)) {
      return;
    }
    for (int number = item.twin().number(); ; number++) {
      ContainerPath path = parent.child(Twins.name(item.name().name(), number));
      try {
        stored(item, path, number, put(item, content, path, PutMode.CREATE));
        return;
      } catch (EntryException e) {
        if (e.reason() != EntryException.Reason.EXISTS) {
          throw e;
        }
      }
      if (settled(item, content, path, number)) {
        return;
      }
    }
  }

  /** A file that was stored when it had no twin yet is in the container under its own name. */
  private boolean settledUnderItsName(
      SourceItem item, @Nullable FileContent content, ContainerPath parent)
      throws IOException, ContainerException {
    ContainerPath path = parent.child(item.name().name());
    Optional<Entry> existing = container.find(path);
    return existing.isPresent()
        && StoredFiles.isCalled(existing.get(), item.name().name())
        && settled(item, content, path, 1);
  }

  /**
   * Whether the file needs no other name: it is there already, replaces the other, or is left out.
   * What has exactly the name that the file would get was stored for it, by this run or an earlier
   * one, unless another source of this run has settled on it.
   */
  private boolean settled(
      SourceItem item, @Nullable FileContent content, ContainerPath path, int number)
      throws IOException, ContainerException {
    Entry existing = container.require(path);
    if (existing.isFolder() || claims.contains(path)) {
      return false;
    }
    if (stored.isSame(item, content, path, existing)) {
      unchanged++;
      claims.add(item, path, number);
      if (plan.removeSources()) {
        remover.stored(item.file(), path, existing.size());
      }
      return true;
    }
    if (!StoredFiles.isCalled(existing, Twins.name(item.name().name(), number))
        || plan.conflicts() == ConflictPolicy.KEEP_BOTH) {
      return false;
    }
    if (plan.conflicts() == ConflictPolicy.REFUSE) {
      notes.add(NoteKind.EXISTS, item.file().toString(), path.toString());
      return true;
    }
    stored(item, path, number, put(item, content, path, PutMode.REPLACE));
    return true;
  }

  private void stored(SourceItem item, ContainerPath path, int number, long length)
      throws IOException, ContainerException {
    if (length < 0) {
      return; // the source failed, and was reported
    }
    files++;
    bytes += length;
    if (hasChanged(item, length)) {
      notes.add(NoteKind.CHANGED_WHILE_READ, item.file().toString(), "");
    }
    noteIfRenamed(item, path, number);
    claims.add(item, path, number);
    if (plan.removeSources()) {
      remover.stored(item.file(), path, length);
    }
  }

  /** What has content and still says that it has none (in /proc) was stored to its end. */
  private static boolean hasChanged(SourceItem item, long length) throws IOException {
    long size = item.entry().size();
    return length != size && (size > 0 || hasSize(item.file()));
  }

  /** Whether it says now that it has content, or says nothing because it has gone. */
  private static boolean hasSize(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).size()
          > 0;
    } catch (NoSuchFileException e) {
      return true;
    }
  }

  /**
   * Returns how many bytes the file has in the container, or -1 if the source could not be read.
   */
  private long put(SourceItem item, @Nullable FileContent content, ContainerPath path, PutMode mode)
      throws IOException, ContainerException {
    try {
      return putOnce(item, content, path, mode);
    } catch (MediumFullException e) {
      full = true;
      if (!plan.removeSources()) {
        throw e;
      }
      return putWithMoreRoom(item, content, path, mode);
    }
  }

  /** Removing what is safely stored makes room on a drive that is stored into itself. */
  private long putWithMoreRoom(
      SourceItem item, @Nullable FileContent content, ContainerPath path, PutMode mode)
      throws IOException, ContainerException {
    long before = remover.removed();
    remover.removeStored();
    if (remover.removed() > before) {
      try {
        return putOnce(item, content, path, mode);
      } catch (MediumFullException e) {
        // a smaller one may still fit
      }
    }
    notes.add(NoteKind.NO_ROOM, item.file().toString(), "");
    return -1;
  }

  private long putOnce(
      SourceItem item, @Nullable FileContent content, ContainerPath path, PutMode mode)
      throws IOException, ContainerException {
    if (content != null) {
      InputStream in = content.open();
      container.put(path, item.entry().meta(), in, mode);
      progressed(content.length());
      return content.length();
    }
    try (SourceStream in = open(item)) {
      try {
        container.put(path, item.entry().meta(), in, mode);
        return in.length();
      } catch (IOException e) {
        if (!in.hasFailed()) {
          throw e;
        }
        SourceWalk.noteFailure(notes, item.file(), e);
        return -1;
      }
    }
  }

  private SourceStream open(SourceItem item) throws IOException {
    return new SourceStream(item.file(), item.entry().size(), cancelled, this::progressed);
  }

  private void noteIfRenamed(SourceItem item, ContainerPath path, int number) {
    if (number > 1) {
      notes.add(NoteKind.RENAMED, item.file().toString(), path.toString());
    }
  }

  private void progressed(long length) {
    seenBytes += length;
    progress.advanced(seenBytes, -1);
  }

  /**
   * What was read ahead; null if it is to be read as a stream. Fails only where the source does.
   */
  private static @Nullable FileContent content(SourceItem item) throws IOException {
    Future<Optional<FileContent>> ahead = item.content();
    if (ahead == null) {
      // Tried before the container is asked to store it, so that the fault is the source's.
      Files.newInputStream(item.file(), LinkOption.NOFOLLOW_LINKS).close();
      return null;
    }
    try {
      return ahead.get().orElse(null);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new BugException("reading ahead", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException();
    }
  }
}
