package uk.usbguard.core.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;

/**
 * A {@link BlockFile} that is a file. No memory mapping: a page that a pulled stick cannot give
 * kills the JVM.
 */
final class ChannelBlockFile implements BlockFile {

  /** Far behind any content: where Windows locks are mandatory, readers must not run into it. */
  private static final long LOCK_POSITION = 1L << 62;

  private final FileChannel channel;

  ChannelBlockFile(FileChannel channel) {
    this.channel = channel;
  }

  /** Work on the channel. */
  @FunctionalInterface
  private interface Work<T> {
    T run() throws IOException;
  }

  /**
   * A channel that is used by a thread with its interrupt flag set closes, for all threads, and
   * with it goes the lock. So the flag is put aside meanwhile.
   */
  private static <T> T undisturbed(Work<T> work) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      return work.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public int readAt(long offsetBytes, ByteBuffer target) throws IOException {
    return undisturbed(
        () -> {
          int before = target.position();
          long at = offsetBytes;
          while (target.hasRemaining()) {
            int n = channel.read(target, at);
            if (n < 0) {
              break;
            }
            at += n;
          }
          return target.position() - before;
        });
  }

  @Override
  public void writeAt(long offsetBytes, ByteBuffer source) throws IOException {
    undisturbed(
        () -> {
          long at = offsetBytes;
          while (source.hasRemaining()) {
            at += channel.write(source, at);
          }
          return at;
        });
  }

  @Override
  public void force(boolean withLength) throws IOException {
    undisturbed(
        () -> {
          channel.force(withLength);
          return withLength;
        });
  }

  @Override
  public long size() throws IOException {
    return undisturbed(channel::size);
  }

  @Override
  public void truncate(long sizeBytes) throws IOException {
    undisturbed(() -> channel.truncate(sizeBytes));
  }

  @Override
  public boolean tryLock() throws IOException {
    try {
      return channel.tryLock(LOCK_POSITION, 1, false) != null;
    } catch (OverlappingFileLockException e) {
      return false; // another part of this process holds it
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
