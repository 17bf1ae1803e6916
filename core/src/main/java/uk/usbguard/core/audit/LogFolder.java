package uk.usbguard.core.audit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uk.usbguard.core.file.FileLease;

/** The names of what lies in a log's folder. */
final class LogFolder {

  private static final Pattern NAME = Pattern.compile("audit-([0-9]{6,9})\\.log");

  private final Path folder;

  LogFolder(Path folder) {
    this.folder = folder;
  }

  Path path() {
    return folder;
  }

  /** File number {@code n}; the first is 1. */
  Path file(int n) {
    return folder.resolve(String.format(Locale.ROOT, "audit-%06d.log", n));
  }

  /** The files that are there, by number. Empty if the folder is not there. */
  SortedMap<Integer, Path> files() throws IOException {
    return named(true);
  }

  /**
   * What has the name of such a file and is none: a link, a device, a pipe, a folder. Nothing of it
   * is read, as it may have no end or lead elsewhere.
   */
  SortedMap<Integer, Path> others() throws IOException {
    return named(false);
  }

  /** Opens one of the files; a link that took its place meanwhile is not followed. */
  static InputStream read(Path file) throws IOException {
    return new BufferedInputStream(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS));
  }

  private SortedMap<Integer, Path> named(boolean regular) throws IOException {
    SortedMap<Integer, Path> files = new TreeMap<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path file : all) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        if (name.matches()) {
          int number = Integer.parseInt(name.group(1));
          boolean isRegular = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
          if (number > 0 && file(number).equals(file) && isRegular == regular) {
            files.put(number, file);
          }
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      files.clear();
    }
    return files;
  }

  /** What is done by the one writer. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException, AuditException;
  }

  /** Does the work while nobody else writes. Waits for its turn, but not for ever. */
  void exclusively(Duration patience, Work work) throws IOException, AuditException {
    FileLease lease =
        FileLease.take(folder.resolve("lock"), patience)
            .orElseThrow(() -> new AuditException(AuditException.Reason.BUSY));
    try {
      work.run();
    } finally {
      lease.close();
    }
  }

  Path signingKey() {
    return folder.resolve("audit.key");
  }

  Path publicKey() {
    return folder.resolve("audit.pub");
  }

  Path namesKey() {
    return folder.resolve("names.key");
  }
}
