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

  private final Path containerFolder;
  private final String containerName;
  private final @Nullable Object folderKey;
  private final @Nullable Path driveRoot;

  private Exclusions(
      Path containerFolder, String name, @Nullable Object key, @Nullable Path drive) {
    this.containerFolder = containerFolder;
    this.containerName = name;
    this.folderKey = key;
    this.driveRoot = drive;
  }

  /**
   * Takes the container's path, which need not be there yet, and the drive if a whole one is
   * stored.
   */
  static Exclusions of(Path container, @Nullable Path driveRoot) throws IOException {
    Path absolute = container.toAbsolutePath();
    Path parent = absolute.getParent();
    Path name = absolute.getFileName();
    if (parent == null || name == null) {
      throw new IOException("not a file: " + container);
    }
    Path folder = parent.toRealPath();
    Object key = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
    return new Exclusions(folder, name.toString(), key, driveRoot);
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
    if (isContainerFolder && isContainerFile(name)) {
      return NoteKind.CONTAINER_ITSELF;
    }
    boolean system =
        folder.equals(driveRoot) && SYSTEM_ENTRIES.contains(name.toLowerCase(Locale.ROOT));
    return system ? NoteKind.SYSTEM_ENTRY : null;
  }

  private boolean isContainerFile(String name) {
    if (name.equals(containerName)) {
      return true;
    }
    int base = containerName.length();
    return name.length() == base + 4
        && name.startsWith(containerName)
        && name.charAt(base) == '.'
        && name.chars().skip(base + 1L).allMatch(c -> c >= '0' && c <= '9');
  }
}
