package uk.usbguard.core.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import uk.usbguard.core.error.NotAFileException;
import uk.usbguard.core.file.Folders;

/** {@code NAME.ugc}, {@code NAME.ugc.001}, ...: the files of a container on any {@link Path}. */
public final class SegmentFiles implements SegmentSource {

  private final Path first;
  private final boolean writable;
  private Optional<Object> claimed = Optional.empty();

  /** Takes the path of segment 0. */
  public SegmentFiles(Path first, boolean writable) {
    this.first = behindLinks(first);
    this.writable = writable;
  }

  /** Later segments stand beside the file, not beside a link to it. */
  private static Path behindLinks(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path; // it is not there yet, or opening it will say what is wrong
    }
  }

  /** The path of one segment. */
  public static Path pathOf(Path first, int number) {
    return number == 0
        ? first
        : first.resolveSibling(first.getFileName() + String.format(Locale.ROOT, ".%03d", number));
  }

  @Override
  public Optional<BlockFile> open(int number) throws IOException {
    Set<OpenOption> options =
        writable
            ? Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE)
            : Set.of(StandardOpenOption.READ);
    requireFile(pathOf(first, number));
    try {
      return Optional.of(new ChannelBlockFile(FileChannel.open(pathOf(first, number), options)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<BlockFile> openPastCache(int number) {
    return DirectFile.open(pathOf(first, number));
  }

  /** Opening a pipe would wait for its other end for ever. */
  private static void requireFile(Path path) throws IOException {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new NotAFileException(path.toString());
    }
  }

  @Override
  public BlockFile create(int number) throws IOException {
    FileChannel made =
        FileChannel.open(
            pathOf(first, number),
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE_NEW);
    Path folder = first.toAbsolutePath().getParent();
    if (folder != null) {
      Folders.force(folder);
    }
    return new ChannelBlockFile(made);
  }

  @Override
  public void delete(int number) throws IOException {
    Files.deleteIfExists(pathOf(first, number));
  }

  @Override
  public boolean claim() throws IOException {
    Object file = identity();
    if (claimed.isPresent() || !ProcessClaims.claim(file, writable)) {
      return false;
    }
    claimed = Optional.of(file);
    return true;
  }

  @Override
  public boolean isClaimedOneThere() throws IOException {
    try {
      return claimed.equals(Optional.of(identity()));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** What is the same for two names of one file. */
  private Object identity() throws IOException {
    Object key = Files.readAttributes(first, BasicFileAttributes.class).fileKey();
    return key == null ? first.toRealPath() : List.of(first.getFileSystem(), key);
  }

  @Override
  public void unclaim() {
    claimed.ifPresent(ProcessClaims::release);
    claimed = Optional.empty();
  }

  @Override
  public long usableBytes() throws IOException {
    return Files.getFileStore(first).getUsableSpace();
  }
}
