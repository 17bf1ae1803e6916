package uk.usbguard.cli.work;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.usbguard.cli.render.NoteKind;
import uk.usbguard.cli.render.Notes;
import uk.usbguard.core.container.ContainerPath;

/**
 * Goes through the sources in the order in which the container stores them best: a folder before
 * what is in it, names in their folded order. A folder is read in pieces of {@value #PIECE} names,
 * so one with a million files needs no more memory than that. Never follows a link and never opens
 * what is not a file.
 */
final class SourceWalk implements AutoCloseable {

  static final int PIECE = 65_536;

  /** Takes a file or folder; may block. */
  interface Sink {
    void found(
        Path file, DiskName name, DiskEntry entry, Place parent, @Nullable Place own, Twin twin)
        throws InterruptedException;

    boolean isCancelled();
  }

  private final Exclusions exclusions;
  private final Notes notes;
  private final Sink sink;
  private final Deque<Frame> open = new ArrayDeque<>();

  SourceWalk(Exclusions exclusions, Notes notes, Sink sink) {
    this.exclusions = exclusions;
    this.notes = notes;
    this.sink = sink;
  }

  /** Stores every source under its own name in the place. */
  void walk(List<Path> sources, Place into) throws IOException, InterruptedException {
    Set<Path> seen = new HashSet<>();
    Map<String, Integer> all = countNames(sources);
    Map<String, Integer> names = new HashMap<>();
    for (Path source : sources) {
      Path real = source.toRealPath();
      if (!seen.add(real)) {
        notes.add(NoteKind.GIVEN_TWICE, source.toString(), "");
        continue;
      }
      // A source that is itself a link is followed: it was named on purpose.
      String folded = folded(source, real);
      Twin twin = new Twin(names.merge(folded, 1, Integer::sum), all.getOrDefault(folded, 1) == 1);
      Path parent = real.getParent();
      boolean itself = parent != null && exclusions.isContainerFolder(parent, null);
      visit(
          source, real, ownName(source, real), parent == null ? real : parent, itself, into, twin);
      drain();
    }
  }

  private static Map<String, Integer> countNames(List<Path> sources) throws IOException {
    Map<String, Integer> names = new HashMap<>();
    for (Path source : sources) {
      names.merge(folded(source, source.toRealPath()), 1, Integer::sum);
    }
    return names;
  }

  private static String folded(Path source, Path real) {
    return ContainerPath.fold(DiskName.of(ownName(source, real)).name());
  }

  /** Stores what is in the folder, not the folder itself. */
  void walkInside(Path folder, Place into) throws IOException, InterruptedException {
    DiskEntry.Attributes attributes = DiskEntry.Attributes.of(folder);
    enter(folder, DiskEntry.read(folder, attributes), into, attributes);
    drain();
  }

  private void drain() throws InterruptedException {
    while (!open.isEmpty() && !sink.isCancelled()) {
      Frame frame = open.element();
      Named next = frame.next();
      if (next == null) {
        open.remove();
        frame.close();
      } else {
        visit(
            next.file,
            next.file,
            next.file,
            frame.folder,
            frame.isContainerFolder,
            frame.place,
            next.twin);
      }
    }
  }

  private void visit(
      Path shown, Path file, Path named, Path folder, boolean itself, Place parent, Twin twin)
      throws InterruptedException {
    DiskName name = DiskName.of(named);
    NoteKind excluded = exclusions.reason(folder, itself, name.name());
    if (excluded != null) {
      if (exclusions.isToBeToldOf(excluded)) {
        notes.add(excluded, shown.toString(), "");
      }
      return;
    }
    DiskEntry.Attributes attributes =
        open.isEmpty() ? DiskEntry.Attributes.of(file) : open.element().attributes;
    try {
      DiskEntry entry = DiskEntry.read(file, attributes);
      switch (entry.kind()) {
        case LINK -> notes.add(NoteKind.LINK, shown.toString(), "");
        case SPECIAL -> notes.add(NoteKind.SPECIAL_FILE, shown.toString(), "");
        case FILE -> {
          if (exclusions.isContainer(entry)) {
            notes.add(NoteKind.CONTAINER_ITSELF, shown.toString(), "");
          } else {
            sink.found(file, name, entry, parent, null, twin);
          }
        }
        case FOLDER -> {
          Place own = new Place();
          sink.found(file, name, entry, parent, own, twin);
          enter(file, entry, own, attributes);
        }
      }
    } catch (IOException e) {
      noteFailure(notes, shown, e);
    }
  }

  @SuppressWarnings("StreamResourceLeak") // the frame closes it
  private void enter(Path folder, DiskEntry entry, Place place, DiskEntry.Attributes attributes)
      throws IOException {
    boolean itself = exclusions.isContainerFolder(folder, entry.key());
    open.push(new Frame(folder, Files.newDirectoryStream(folder), place, itself, attributes));
  }

  /** Says why a file or folder could not be read. */
  static void noteFailure(Notes notes, Path file, IOException e) {
    NoteKind kind = e instanceof NoSuchFileException ? NoteKind.VANISHED : NoteKind.UNREADABLE;
    notes.add(kind, file.toString(), reason(e));
  }

  static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NotDirectoryException) {
      return "no longer a folder";
    }
    if (e instanceof NoSuchFileException) {
      return "not found";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "something of this name is there already";
    }
    if (e instanceof FileSystemException f) { // its message would say the name once more
      return f.getReason() == null ? "the system gives no reason" : f.getReason();
    }
    return String.valueOf(e.getMessage());
  }

  private static Path ownName(Path source, Path real) {
    Path name = source.getFileName();
    boolean hasName = name != null && !name.toString().equals(".") && !name.toString().equals("..");
    return hasName ? source : real;
  }

  @Override
  public void close() {
    open.forEach(Frame::close);
    open.clear();
  }

  private record Named(Path file, Twin twin) {}

  private record Folded(Path file, String folded) {}

  /** A folder that is being gone through. */
  private final class Frame {

    private final Path folder;
    private final DirectoryStream<Path> stream;
    private final Iterator<Path> iterator;
    private final Place place;
    private final boolean isContainerFolder;
    private final DiskEntry.Attributes attributes;
    private Iterator<Named> piece = List.<Named>of().iterator();
    private boolean ended;

    Frame(
        Path folder,
        DirectoryStream<Path> stream,
        Place place,
        boolean isContainerFolder,
        DiskEntry.Attributes attributes) {
      this.folder = folder;
      this.stream = stream;
      this.iterator = stream.iterator();
      this.place = place;
      this.isContainerFolder = isContainerFolder;
      this.attributes = attributes;
    }

    @Nullable Named next() {
      if (!piece.hasNext() && !ended) {
        piece = readPiece().iterator();
      }
      return piece.hasNext() ? piece.next() : null;
    }

    private List<Named> readPiece() {
      List<Folded> names = new ArrayList<>();
      try {
        while (names.size() < PIECE && iterator.hasNext()) {
          Path file = iterator.next();
          names.add(new Folded(file, ContainerPath.fold(file.getFileName().toString())));
        }
        ended = names.size() < PIECE;
      } catch (DirectoryIteratorException e) {
        ended = true;
        noteFailure(notes, folder, Objects.requireNonNull(e.getCause()));
      }
      if (ended) {
        close(); // deep trees must not hold a handle for every level
      }
      names.sort(Comparator.comparing(Folded::folded).thenComparing(f -> f.file().toString()));
      return numberTwins(names);
    }

    private List<Named> numberTwins(List<Folded> sorted) {
      List<Named> numbered = new ArrayList<>(sorted.size());
      int number = 0;
      for (int i = 0; i < sorted.size(); i++) {
        boolean more =
            i + 1 < sorted.size() && sorted.get(i).folded().equals(sorted.get(i + 1).folded());
        number++;
        numbered.add(new Named(sorted.get(i).file(), new Twin(number, number == 1 && !more)));
        number = more ? number : 0;
      }
      return numbered;
    }

    void close() {
      try {
        stream.close();
      } catch (IOException e) {
        noteFailure(notes, folder, e);
      }
    }
  }
}
