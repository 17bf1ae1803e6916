package uk.usbguard.core.nio;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.container.ContainerPath;
import uk.usbguard.core.error.BugException;
import uk.usbguard.core.error.EntryException;

/**
 * A path in a container's file system. Two are equal if the container takes them for the same: in
 * NFC and without regard to case. Relative ones start at the root folder.
 */
final class EntryPath implements Path {

  private static final String HERE = ".";
  private static final String ABOVE = "..";

  private final ContainerFileSystem fileSystem;
  private final boolean absolute;

  /** What stands between the slashes; the empty path has one empty name, the root none. */
  private final List<String> names;

  private EntryPath(ContainerFileSystem fileSystem, boolean absolute, List<String> names) {
    this.fileSystem = fileSystem;
    this.absolute = absolute;
    this.names = names.isEmpty() && !absolute ? List.of("") : List.copyOf(names);
  }

  /**
   * Reads a path; several slashes count as one, one at the end does not count.
   *
   * @throws InvalidPathException if a container cannot have such a name
   */
  static EntryPath parse(ContainerFileSystem fileSystem, String text) {
    List<String> names = new ArrayList<>();
    for (String name : text.split("/", -1)) {
      if (!name.isEmpty()) {
        requireAllowed(name);
        names.add(name);
      }
    }
    return new EntryPath(fileSystem, text.startsWith("/"), names);
  }

  private static void requireAllowed(String name) {
    if (!isDots(name) && !ContainerPath.isAllowed(name)) {
      throw new InvalidPathException(name, "name not allowed in a container");
    }
  }

  private static boolean isDots(String name) {
    return name.equals(HERE) || name.equals(ABOVE);
  }

  /** A path of this provider as what it is. */
  static EntryPath of(Path path) {
    Objects.requireNonNull(path);
    if (path instanceof EntryPath mine) {
      return mine;
    }
    throw new ProviderMismatchException();
  }

  /** Where the container has it. */
  ContainerPath inContainer() {
    ContainerPath path = ContainerPath.ROOT;
    try {
      for (String name : toAbsolutePath().normalize().names) {
        path = path.child(name);
      }
    } catch (EntryException e) {
      throw new BugException("a name that was allowed", e);
    }
    return path;
  }

  private EntryPath with(boolean isAbsolute, List<String> others) {
    return new EntryPath(fileSystem, isAbsolute, others);
  }

  private boolean isEmpty() {
    return !absolute && names.size() == 1 && names.get(0).isEmpty();
  }

  @Override
  public ContainerFileSystem getFileSystem() {
    return fileSystem;
  }

  @Override
  public boolean isAbsolute() {
    return absolute;
  }

  @Override
  public @Nullable EntryPath getRoot() {
    return absolute ? with(true, List.of()) : null;
  }

  @Override
  public @Nullable EntryPath getFileName() {
    return names.isEmpty() ? null : getName(names.size() - 1);
  }

  @Override
  public @Nullable EntryPath getParent() {
    if (names.size() > 1) {
      return with(absolute, names.subList(0, names.size() - 1));
    }
    return names.isEmpty() ? null : getRoot();
  }

  @Override
  public int getNameCount() {
    return names.size();
  }

  @Override
  public EntryPath getName(int index) {
    if (index < 0 || index >= names.size()) {
      throw new IllegalArgumentException("no name " + index);
    }
    return with(false, names.subList(index, index + 1));
  }

  @Override
  public EntryPath subpath(int from, int to) {
    if (from < 0 || to > names.size() || from >= to) {
      throw new IllegalArgumentException("no names from " + from + " to " + to);
    }
    return with(false, names.subList(from, to));
  }

  @Override
  public boolean startsWith(Path path) {
    if (!(path instanceof EntryPath other)
        || other.fileSystem != fileSystem
        || other.absolute != absolute
        || other.names.size() > names.size()) {
      return false;
    }
    return folded().subList(0, other.names.size()).equals(other.folded());
  }

  @Override
  public boolean endsWith(Path path) {
    if (!(path instanceof EntryPath other)
        || other.fileSystem != fileSystem
        || other.names.size() > names.size()) {
      return false;
    }
    if (other.absolute) {
      return equals(other);
    }
    List<String> all = folded();
    return all.subList(all.size() - other.names.size(), all.size()).equals(other.folded());
  }

  @Override
  public EntryPath normalize() {
    List<String> normal = new ArrayList<>();
    for (String name : names) {
      int last = normal.size() - 1;
      if (name.equals(ABOVE)) {
        if (last >= 0 && !normal.get(last).equals(ABOVE)) {
          normal.remove(last);
        } else if (!absolute) {
          normal.add(name);
        }
      } else if (!name.equals(HERE) && !name.isEmpty()) {
        normal.add(name);
      }
    }
    return with(absolute, normal);
  }

  @Override
  public EntryPath resolve(Path path) {
    EntryPath other = of(path);
    if (other.absolute || isEmpty()) {
      return other;
    }
    if (other.isEmpty()) {
      return this;
    }
    List<String> all = new ArrayList<>(names);
    all.addAll(other.names);
    return with(absolute, all);
  }

  /** One name further down; the container gave the name. */
  EntryPath child(String name) {
    return resolve(with(false, List.of(name)));
  }

  @Override
  public EntryPath relativize(Path path) {
    EntryPath other = of(path);
    if (other.absolute != absolute) {
      throw new IllegalArgumentException("one path is absolute, the other is not");
    }
    if (isEmpty()) {
      return other;
    }
    List<String> mine = folded();
    List<String> theirs = other.isEmpty() ? List.of() : other.folded();
    int shared = 0;
    while (shared < Math.min(mine.size(), theirs.size())
        && mine.get(shared).equals(theirs.get(shared))) {
      shared++;
    }
    List<String> way = new ArrayList<>(Collections.nCopies(mine.size() - shared, ABOVE));
    way.addAll(other.names.subList(shared, theirs.size()));
    return with(false, way);
  }

  /**
   * {@inheritDoc}
   *
   * <p>It leads back here for as long as the file system is open.
   */
  @Override
  public URI toUri() {
    String scheme = ContainerFileSystemProvider.SCHEME;
    try {
      return new URI(scheme, fileSystem.authority(), toAbsolutePath().toString(), null, null);
    } catch (URISyntaxException e) {
      throw new BugException("a path that is no URI", e);
    }
  }

  @Override
  public EntryPath toAbsolutePath() {
    return absolute ? this : with(true, isEmpty() ? List.of() : names);
  }

  @Override
  public EntryPath toRealPath(LinkOption... options) throws IOException {
    return with(true, fileSystem.entries().realNames(this));
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
    throw new UnsupportedOperationException("watching");
  }

  private List<String> folded() {
    return names.stream().map(ContainerPath::fold).toList();
  }

  @Override
  public int compareTo(Path path) {
    EntryPath other = (EntryPath) path;
    if (absolute != other.absolute) {
      return absolute ? -1 : 1;
    }
    return Arrays.compare(folded().toArray(String[]::new), other.folded().toArray(String[]::new));
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof EntryPath other
        && other.fileSystem == fileSystem
        && other.absolute == absolute
        && other.folded().equals(folded());
  }

  @Override
  public int hashCode() {
    return Objects.hash(absolute, folded());
  }

  @Override
  public String toString() {
    return (absolute ? "/" : "") + String.join("/", names);
  }
}
