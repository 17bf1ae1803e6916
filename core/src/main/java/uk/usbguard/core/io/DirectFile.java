package uk.usbguard.core.io;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file that is read past the system's cache: what comes is what the device gives now, not what
 * the system remembers of it. Only for reading.
 */
final class DirectFile implements BlockFile {

  private static final int STEP = 1 << 20;

  /** No device has larger blocks; a file system that names one is not believed. */
  private static final long LARGEST_BLOCK = 1 << 16;

  private final FileChannel channel;
  private final int alignment;

  /** Owned by whoever reads: the system wants whole blocks, to aligned memory. */
  private final ByteBuffer blocks;

  private DirectFile(FileChannel channel, int alignment) {
    this.channel = channel;
    this.alignment = alignment;
    this.blocks = ByteBuffer.allocateDirect(STEP + alignment).alignedSlice(alignment);
  }

  /**
   * Opens a file; nothing if the platform or the file system has no such way, as tmpfs and some
   * network file systems have none.
   */
  static Optional<BlockFile> open(Path path) {
    FileChannel opened;
    long block;
    try {
      block = Files.getFileStore(path).getBlockSize();
      if (block <= 0 || block > LARGEST_BLOCK || Long.bitCount(block) != 1) {
        return Optional.empty();
      }
      opened = FileChannel.open(path, StandardOpenOption.READ, ExtendedOpenOption.DIRECT);
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
    return Optional.of(new DirectFile(opened, (int) block));
  }

  @Override
  public synchronized int readAt(long offsetBytes, ByteBuffer target) throws IOException {
    int before = target.position();
    long at = offsetBytes;
    while (target.hasRemaining()) {
      int n = readBlocks(at, target);
      if (n <= 0) {
        break;
      }
      at += n;
    }
    return target.position() - before;
  }

  /** Reads the blocks around a place, as many as fit, and hands over what was asked of them. */
  private int readBlocks(long at, ByteBuffer target) throws IOException {
    int skipped = (int) (at % alignment);
    long wanted = (skipped + (long) target.remaining() + alignment - 1) / alignment * alignment;
    blocks.clear().limit((int) Math.min(wanted, STEP));
    int read = channel.read(blocks, at - skipped);
    int n = Math.min(read - skipped, target.remaining());
    if (n > 0) {
      target.put(blocks.flip().position(skipped).limit(skipped + n));
    }
    return n;
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public boolean tryLock() {
    return false;
  }

  @Override
  public void writeAt(long offsetBytes, ByteBuffer source) {
    throw onlyForReading();
  }

  @Override
  public void force(boolean withLength) {
    throw onlyForReading();
  }

  @Override
  public void truncate(long sizeBytes) {
    throw onlyForReading();
  }

  private static IllegalStateException onlyForReading() {
    return new IllegalStateException("only for reading");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
