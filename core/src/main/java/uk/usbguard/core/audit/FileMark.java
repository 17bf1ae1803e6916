package uk.usbguard.core.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which file a path leads to, so that one that was put in its place is told from it. The key is the
 * file system's own (an inode); where it has none, only size tells them apart.
 *
 * @param key null where the file system has none
 * @param size in bytes
 */
record FileMark(@Nullable Object key, long size) {

  /** The mark of the regular file at the path; empty if there is none. */
  static Optional<FileMark> of(Path path) throws IOException {
    try {
      BasicFileAttributes found =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return found.isRegularFile()
          ? Optional.of(new FileMark(found.fileKey(), found.size()))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  boolean isSameFile(@Nullable FileMark other) {
    return other != null && Objects.equals(key, other.key);
  }
}
