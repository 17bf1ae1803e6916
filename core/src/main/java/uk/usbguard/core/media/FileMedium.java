package uk.usbguard.core.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalInt;

/**
 * A {@link Medium} that is an image file or a device node. Needs nothing but the JDK: on Linux it
 * asks a block device for its size by itself; where it does not, the end is found by reading.
 */
public final class FileMedium implements Medium {

  private static final int SECTOR = 4096;
  private static final Path CLASS = Path.of("/sys/class/block");

  private final FileChannel channel;
  private final long size;
  private final OptionalInt sector;

  private FileMedium(FileChannel channel, long size, OptionalInt sector) {
    this.channel = channel;
    this.size = size;
    this.sector = sector;
  }

  /**
   * Opens for reading. Whoever opens closes. A drive without a medium, which Linux refuses to open,
   * is a medium of no bytes.
   */
  public static Medium open(Path path) throws IOException {
    return open(path, CLASS);
  }

  static Medium open(Path path, Path classes) throws IOException {
    boolean image = Files.isRegularFile(path);
    FileChannel channel;
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ);
    } catch (IOException e) {
      if (!image && isEmptyDrive(path, classes)) {
        return EmptyDrive.INSTANCE;
      }
      throw e;
    }
    try {
      long size = image ? channel.size() : deviceSize(channel);
      OptionalInt sector = image ? OptionalInt.empty() : sectorOf(path, classes);
      return new FileMedium(channel, size, sector);
    } catch (IOException e) {
      try (channel) {
        throw e;
      }
    }
  }

  private static long deviceSize(FileChannel channel) throws IOException {
    long said;
    try {
      said = channel.size();
    } catch (IOException e) {
      said = 0; // Windows knows no size of a physical drive in this way
    }
    return said > 0 ? said : sizeByReading(channel);
  }

  /** The first multiple of 4096 at which nothing can be read: doubling, then halving. */
  static long sizeByReading(FileChannel channel) {
    long readable = 0;
    long beyond = SECTOR;
    while (beyond < Long.MAX_VALUE / 4 && canRead(channel, beyond - SECTOR)) {
      readable = beyond;
      beyond *= 2;
    }
    while (beyond - readable > SECTOR) {
      long middle = readable + (beyond - readable) / 2 / SECTOR * SECTOR;
      if (canRead(channel, middle - SECTOR)) {
        readable = middle;
      } else {
        beyond = middle;
      }
    }
    return readable;
  }

  private static boolean canRead(FileChannel channel, long offset) {
    try {
      return channel.read(ByteBuffer.allocate(SECTOR), offset) > 0;
    } catch (IOException e) {
      return false; // some systems end so, others with -1
    }
  }

  private static boolean isEmptyDrive(Path device, Path classes) {
    try {
      return Files.readString(entryOf(device, classes).resolve("size")).strip().equals("0");
    } catch (IOException e) {
      return false; // no block device, or no Linux
    }
  }

  private static Path entryOf(Path device, Path classes) throws IOException {
    Path name = device.toRealPath().getFileName();
    return classes.resolve(String.valueOf(name)).toRealPath();
  }

  private static OptionalInt sectorOf(Path device, Path classes) {
    try {
      Path entry = entryOf(device, classes);
      Path own = entry.resolve("queue/logical_block_size");
      Path disk = entry.resolve("../queue/logical_block_size");
      String said = Files.readString(Files.exists(own) ? own : disk).strip();
      return OptionalInt.of(Integer.parseInt(said));
    } catch (IOException | NumberFormatException e) {
      return OptionalInt.empty(); // no Linux: all sizes are tried
    }
  }

  @Override
  public long sizeBytes() {
    return size;
  }

  @Override
  public OptionalInt sectorBytes() {
    return sector;
  }

  @Override
  public int readAt(long offsetBytes, ByteBuffer target) throws IOException {
    return channel.read(target, offsetBytes);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
