package uk.usbguard.cli.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.container.FileMeta;

/**
 * What one look at a file says. Links are not followed.
 *
 * @param key tells files apart whatever path leads to them; null where the system has none
 */
record DiskEntry(Kind kind, long size, FileMeta meta, @Nullable Object key) {

  enum Kind {
    FILE,
    FOLDER,
    LINK,
    SPECIAL
  }

  /** How a file system is asked for attributes with a single call. */
  enum Attributes {
    POSIX,
    DOS,
    BASIC;

    static Attributes of(Path path) {
      var views = path.getFileSystem().supportedFileAttributeViews();
      if (views.contains("posix")) {
        return POSIX;
      }
      return views.contains("dos") ? DOS : BASIC;
    }
  }

  static DiskEntry read(Path path, Attributes attributes) throws IOException {
    return switch (attributes) {
      case POSIX ->
          posix(Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
      case DOS -> {
        var dos = Files.readAttributes(path, DosFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        yield of(dos, false, dos.isReadOnly());
      }
      case BASIC ->
          of(
              Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS),
              false,
              false);
    };
  }

  private static DiskEntry posix(PosixFileAttributes attributes) {
    if (!attributes.isRegularFile()) {
      return of(attributes, false, false);
    }
    var permissions = attributes.permissions();
    return of(
        attributes,
        permissions.contains(PosixFilePermission.OWNER_EXECUTE),
        !permissions.contains(PosixFilePermission.OWNER_WRITE));
  }

  private static DiskEntry of(BasicFileAttributes a, boolean executable, boolean readOnly) {
    Kind kind = Kind.SPECIAL;
    if (a.isRegularFile()) {
      kind = Kind.FILE;
    } else if (a.isDirectory()) {
      kind = Kind.FOLDER;
    } else if (a.isSymbolicLink()) {
      kind = Kind.LINK;
    }
    var meta =
        new FileMeta(
            a.lastModifiedTime().toInstant(), a.creationTime().toInstant(), executable, readOnly);
    return new DiskEntry(kind, a.size(), meta, a.fileKey());
  }
}
