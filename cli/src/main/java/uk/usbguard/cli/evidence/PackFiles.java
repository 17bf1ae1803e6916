package uk.usbguard.cli.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.usbguard.cli.sheet.SheetFile;

/**
 * Writes reports: each file is whole under its name or not there at all, and its owner's only,
 * where the file system knows that.
 */
public final class PackFiles {

  private final boolean overwrite;

  /** Takes whether what is there already is replaced. */
  public PackFiles(boolean overwrite) {
    this.overwrite = overwrite;
  }

  /**
   * Refuses what {@link #file} and {@link #folder} would refuse, before the work is done.
   *
   * @throws FileAlreadyExistsException if something is there and may not be replaced
   */
  public void check(Path target) throws FileAlreadyExistsException {
    if (!overwrite && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(target.toString());
    }
  }

  /** Writes one file. */
  public void file(Path file, byte[] content) throws IOException {
    Path fresh = beside(file);
    SheetFile.write(fresh, content);
    moveInto(fresh, file);
  }

  /**
   * Writes a folder of files. A new folder appears as a whole; in one that is there already only
   * these files are replaced.
   *
   * @return the files
   */
  public List<Path> folder(Path folder, Map<String, String> files) throws IOException {
    check(folder);
    List<Path> written = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        Path target = folder.resolve(file.getKey());
        file(target, file.getValue().getBytes(StandardCharsets.UTF_8));
        written.add(target);
      }
      return written;
    }
    Path fresh = beside(folder);
    createFolder(fresh);
    try {
      for (Map.Entry<String, String> file : files.entrySet()) {
        SheetFile.write(
            fresh.resolve(file.getKey()), file.getValue().getBytes(StandardCharsets.UTF_8));
        written.add(folder.resolve(file.getKey()));
      }
      Files.move(fresh, folder);
    } catch (IOException e) {
      remove(fresh, files, e);
      throw e;
    }
    return written;
  }

  private void moveInto(Path fresh, Path file) throws IOException {
    try {
      if (overwrite) {
        Files.move(
            fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.move(fresh, file);
      }
    } catch (IOException e) {
      delete(fresh, e);
      throw e;
    }
  }

  private static Path beside(Path target) {
    Path whole = target.toAbsolutePath();
    return whole.resolveSibling(whole.getFileName() + "." + UUID.randomUUID() + ".tmp");
  }

  private static void createFolder(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectory(folder);
    }
  }

  private static void remove(Path folder, Map<String, String> files, IOException reason) {
    files.keySet().forEach(name -> delete(folder.resolve(name), reason));
    delete(folder, reason);
  }

  private static void delete(Path file, IOException reason) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }
}
