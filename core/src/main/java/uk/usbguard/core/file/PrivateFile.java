package uk.usbguard.core.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Files that only their owner may read. Where the file system has no such thing (FAT, or Windows,
 * where a file takes its folder's list of rights) the folder has to do it.
 */
public final class PrivateFile {

  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  private PrivateFile() {}

  /**
   * Makes a file that was not there; it is on the medium when this returns. If it throws because
   * writing failed, the file is gone again.
   *
   * @throws FileAlreadyExistsException if it was there; it is left as it is
   */
  public static void create(Path file, byte[] content) throws IOException {
    create(file, content, /* force= */ true);
  }

  /** As {@link #create}, but when this returns the file need not be on the medium yet. */
  static void createUnforced(Path file, byte[] content) throws IOException {
    create(file, content, /* force= */ false);
  }

  private static void create(Path file, byte[] content, boolean force) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            ownerOnly(file, "rw-------"))) {
      writeAll(file, channel, content, force);
    }
  }

  /**
   * Makes a folder that only its owner may enter, unless it is there; its parent has to be. That
   * somebody else makes it at the same moment is no error.
   *
   * @throws FileAlreadyExistsException if something else has that name
   */
  public static void createFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    try {
      Files.createDirectory(folder, ownerOnly(folder, "rwx------"));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  /** Whether somebody besides the owner may read or change it, as far as the file system says. */
  public static boolean isExposed(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    return view != null && view.readAttributes().permissions().stream().anyMatch(OTHERS::contains);
  }

  /** What makes a new file or folder its owner's only. */
  public static FileAttribute<?>[] ownerOnly(Path file, String permissions) {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
    };
  }

  private static void writeAll(Path file, FileChannel channel, byte[] content, boolean force)
      throws IOException {
    try {
      ByteBuffer left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      if (force) {
        channel.force(true);
      }
    } catch (IOException e) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }
}
