package uk.usbguard.core.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Small files that are replaced as a whole. */
public final class AtomicFile {

  private AtomicFile() {}

  /**
   * After a crash at any moment the file has the old content or the new one. The new file is its
   * owner's only. A leftover of a crash is a {@code .tmp} file beside it that nobody reads.
   */
  public static void replace(Path file, byte[] content) throws IOException {
    Path target = file.toAbsolutePath();
    Path fresh = fresh(target);
    PrivateFile.create(fresh, content);
    move(fresh, target);
    Path folder = target.getParent();
    if (folder != null) {
      Folders.force(folder);
    }
  }

  /**
   * As {@link #replace}, but waits for no medium: after a crash of the whole PC the file may also
   * be empty. For what may be missing.
   */
  public static void replaceUnforced(Path file, byte[] content) throws IOException {
    Path target = file.toAbsolutePath();
    Path fresh = fresh(target);
    PrivateFile.createUnforced(fresh, content);
    move(fresh, target);
  }

  private static Path fresh(Path target) {
    return target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".tmp");
  }

  private static void move(Path fresh, Path target) throws IOException {
    try {
      Files.move(
          fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(fresh);
      throw e;
    }
  }
}
