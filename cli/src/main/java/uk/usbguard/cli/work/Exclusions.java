package uk.usbguard.cli.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.usbguard.cli.render.NoteKind;

/** What is never stored: the container's own files, and on a drive what belongs to the systems. */
final class Exclusions {

  private static final Set<String> SYSTEM_ENTRIES =
      Set.of(
          "system volume information",
          "$recycle.bin",
          ".trashes",
          ".spotlight-v100",
          ".fseventsd",
          "lost+found");

  private final Path container;
  private final Path containerFolder;
  private final String containerName;
  private final @Nullable Object folderKey;
  private final @Nullable Object containerKey;
  private final @Nullable Path driveRoot;

  private Exclusions(
      Path containerFolder,
      String name,
      @Nullable Object key,
      @Nullable Object containerKey,
      @Nullable Path drive) {
    this.container = containerFolder.resolve(name);
    this.containerFolder = containerFolder;
    this.containerName = name;
    this.folderKey = key;
    this.containerKey = containerKey;
    this.driveRoot = drive;
  }

  /**
   * Takes the container's path, which need not be there yet, and the drive if a whole one is
   * stored.
   */
  static Exclusions of(Path container, @Nullable Path driveRoot) throws IOException {
    Path absolute = Files.exists(container) ? container.toRealPath() : container.toAbsolutePath();
    Path parent = absolute.getParent();
    Path name = absolute.getFileName();
    if (parent == null || name == null) {
      throw new IOException("not a file: " + container);
    }
    Path folder = parent.toRealPath();
    Object key = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
    Object containerKey =
        Files.exists(absolute)
            ? Files.readAttributes(absolute, BasicFileAttributes.class).fileKey()
            : null;
    return new Exclusions(folder, name.toString(), key, containerKey, driveRoot);
  }

  /**
   * Whether the container stands in this folder; asked once for a folder, so it may cost a call.
   */
  boolean isContainerFolder(Path folder, @Nullable Object key) throws IOException {
    if (folderKey != null && key != null) {
      return folderKey.equals(key);
    }
    return folder.toRealPath().equals(containerFolder);
  }

  /** Why the name in the folder is left out, or null. */
  @Nullable NoteKind reason(Path folder, boolean isContainerFolder, String name) {
    if (isContainerFolder && isContainerFile(folder, name)) {
      return NoteKind.CONTAINER_ITSELF;
    }
    boolean system =
        folder.equals(driveRoot) && SYSTEM_ENTRIES.contains(name.toLowerCase(Locale.ROOT));
    return system ? NoteKind.SYSTEM_ENTRY : null;
  }

  /** Whether a file is the container, whatever it is called: a hard link, or what a link led to. */
  boolean isContainer(DiskEntry entry) {
    return containerKey != null && containerKey.equals(entry.key());
  }

  /** On a drive that is moved into it the container is where it belongs: nobody need be told. */
  boolean isToBeToldOf(NoteKind reason) {
    return driveRoot == null || reason != NoteKind.CONTAINER_ITSELF;
  }

  /** The first segment or a later one, {@code NAME.ugc.001}. */
  private boolean isContainerFile(Path folder, String name) {
    int base = containerName.length();
    if (name.length() != base
        && !name.substring(Math.min(base, name.length())).matches("\\.\\d{3}")) {
      return false;
    }
    String first = name.substring(0, base);
    return first.equals(containerName)
        || (first.equalsIgnoreCase(containerName) && isContainer(folder.resolve(first)));
  }

  /**
   * On a stick NOTES.UGC and notes.ugc are one file, and which of them the user typed is chance.
   */
  private boolean isContainer(Path file) {
    try {
      return Files.isSameFile(file, container);
    } catch (IOException e) {
      return false; // one of them is not there, so they are two
    }
  }
}
