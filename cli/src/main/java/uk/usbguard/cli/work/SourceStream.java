package uk.usbguard.cli.work;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * A file being read that others may be writing: it ends at the size that it has when the size first
 * seen is reached, so a log that keeps growing has an end too. What says that it has no size is
 * read until nothing more comes or it has one.
 */
final class SourceStream extends InputStream {

  private final FileChannel channel;
  private final BooleanSupplier cancelled;
  private final LongConsumer progress;
  private long position;
  private long end;
  private boolean endKnown;
  private boolean failed;

  SourceStream(Path file, long expected, BooleanSupplier cancelled, LongConsumer progress)
      throws IOException {
    this.channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    this.end = expected;
    this.cancelled = cancelled;
    this.progress = progress;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (cancelled.getAsBoolean()) {
      throw new CancelledException();
    }
    if (length == 0) {
      return 0;
    }
    if (!endKnown && position >= end) {
      findEnd();
    }
    if (endKnown && position == end) {
      return -1;
    }
    long most = position < end ? end - position : length; // where there is no size, all
    int read = readSome(ByteBuffer.wrap(buffer, offset, (int) Math.min(length, most)));
    if (read < 0) {
      end = position;
      endKnown = true;
      return -1;
    }
    position += read;
    progress.accept(read);
    return read;
  }

  /** A file of no size may have content all the same (in /proc): then it ends where it ends. */
  private void findEnd() throws IOException {
    long size = channel.size();
    endKnown = size > 0 || end > 0;
    end = endKnown ? Math.max(position, size) : 0;
  }

  private int readSome(ByteBuffer into) throws IOException {
    try {
      return channel.read(into);
    } catch (IOException e) {
      failed = true; // tells the source's fault from the container's
      throw e;
    }
  }

  /** How much was read. */
  long length() {
    return position;
  }

  /** Whether it was this file that could not be read. */
  boolean hasFailed() {
    return failed;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
