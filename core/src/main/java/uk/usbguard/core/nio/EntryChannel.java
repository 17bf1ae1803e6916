package uk.usbguard.core.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import uk.usbguard.core.container.FileEditor;
import uk.usbguard.core.error.ContainerException;

/** A channel on one file. What is written through it is seen by all other channels at once. */
final class EntryChannel extends FileChannel {

  private static final int PIECE = 65_536;

  /** Protects the position. */
  private final ReentrantLock lock = new ReentrantLock();

  private final FileBytes bytes;
  private final ChannelOptions options;
  private final String name;
  private final AfterChanges after;
  private long position;

  /** What the file system does for a channel. */
  interface AfterChanges {
    /** Brings all changes onto the medium. */
    void commit() throws IOException;

    /** Takes notice of the end of the channel. */
    void closed(EntryChannel channel) throws IOException;
  }

  EntryChannel(FileBytes bytes, ChannelOptions options, String name, AfterChanges after) {
    this.bytes = bytes;
    this.options = options;
    this.name = name;
    this.after = after;
  }

  /** Something done with the bytes, whose failures are put into the JDK's words. */
  @FunctionalInterface
  private interface Step<T> {
    T take() throws IOException, ContainerException;
  }

  private <T> T step(Step<T> step) throws IOException {
    lock.lock();
    try {
      if (!isOpen()) {
        throw new ClosedChannelException();
      }
      return step.take();
    } catch (ContainerException e) {
      throw Failures.of(e, name);
    } finally {
      lock.unlock();
    }
  }

  private void requireReadable() {
    if (!options.read()) {
      throw new NonReadableChannelException();
    }
  }

  private void requireWritable() {
    if (!options.write()) {
      throw new NonWritableChannelException();
    }
  }

  /** Lets others see what was written so far; waits for nobody who uses this channel. */
  void flush() throws IOException {
    try {
      bytes.flush();
    } catch (ContainerException e) {
      throw Failures.of(e, name);
    }
  }

  // ---- reading

  @Override
  public int read(ByteBuffer target) throws IOException {
    return step(
        () -> {
          requireReadable();
          int n = readAt(target, position);
          position += Math.max(0, n);
          return n;
        });
  }

  @Override
  public int read(ByteBuffer target, long at) throws IOException {
    requireNotNegative(at);
    return step(
        () -> {
          requireReadable();
          return readAt(target, at);
        });
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, targets.length);
    return step(
        () -> {
          requireReadable();
          long done = 0;
          for (int i = offset; i < offset + length; i++) {
            int wanted = targets[i].remaining();
            int n = readAt(targets[i], position);
            if (n < 0 && done == 0 && wanted > 0) {
              return -1L;
            }
            done += Math.max(0, n);
            position += Math.max(0, n);
          }
          return done;
        });
  }

  private int readAt(ByteBuffer target, long at) throws IOException, ContainerException {
    int wanted = target.remaining();
    if (wanted == 0) {
      return 0;
    }
    if (target.hasArray()) {
      int start = target.arrayOffset() + target.position();
      int n = bytes.read(at, target.array(), start, wanted);
      target.position(target.position() + Math.max(0, n));
      return n;
    }
    byte[] piece = new byte[Math.min(wanted, PIECE)];
    int done = 0;
    while (done < wanted) {
      int n = bytes.read(at + done, piece, 0, Math.min(wanted - done, PIECE));
      if (n < 0) {
        return done == 0 ? -1 : done;
      }
      target.put(piece, 0, n);
      done += n;
    }
    return done;
  }

  @Override
  public long transferTo(long from, long count, WritableByteChannel target) throws IOException {
    requireNotNegative(from);
    requireNotNegative(count);
    ByteBuffer piece = ByteBuffer.allocate((int) Math.min(count, PIECE));
    long done = 0;
    while (done < count) {
      piece.clear().limit((int) Math.min(count - done, PIECE));
      if (read(piece, from + done) < 0) {
        return done;
      }
      piece.flip();
      int written = target.write(piece);
      done += written;
      if (piece.hasRemaining()) {
        return done;
      }
    }
    return done;
  }

  // ---- writing

  @Override
  public int write(ByteBuffer source) throws IOException {
    return step(
        () -> {
          requireWritable();
          return writeHere(source);
        });
  }

  @Override
  public int write(ByteBuffer source, long at) throws IOException {
    requireNotNegative(at);
    return step(
        () -> {
          requireWritable();
          int n = source.remaining();
          writeAt(source, at);
          return n;
        });
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, sources.length);
    return step(
        () -> {
          requireWritable();
          long done = 0;
          for (int i = offset; i < offset + length; i++) {
            done += writeHere(sources[i]);
          }
          return done;
        });
  }

  private int writeHere(ByteBuffer source) throws IOException, ContainerException {
    int n = source.remaining();
    long end = writeAt(source, position);
    position = n == 0 ? position : end;
    return n;
  }

  /** Writes all of a buffer, or appends it; returns the position behind it. */
  private long writeAt(ByteBuffer source, long at) throws IOException, ContainerException {
    if (at > FileEditor.LARGEST_FILE - source.remaining()) {
      throw new IOException("file too large");
    }
    long end = at;
    byte[] piece = new byte[Math.min(source.remaining(), PIECE)];
    while (source.hasRemaining()) {
      int n = Math.min(source.remaining(), PIECE);
      source.get(piece, 0, n);
      if (options.append()) {
        end = bytes.append(piece, 0, n);
      } else {
        bytes.write(end, piece, 0, n);
        end += n;
      }
    }
    commitIfAsked();
    return end;
  }

  private void commitIfAsked() throws IOException {
    if (options.sync()) {
      after.commit();
    }
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long to, long count) throws IOException {
    requireNotNegative(to);
    requireNotNegative(count);
    if (to > size()) {
      return 0;
    }
    ByteBuffer piece = ByteBuffer.allocate((int) Math.min(count, PIECE));
    long done = 0;
    while (done < count) {
      piece.clear().limit((int) Math.min(count - done, PIECE));
      if (source.read(piece) <= 0) {
        return done;
      }
      piece.flip();
      done += write(piece, to + done);
    }
    return done;
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    requireNotNegative(size);
    return step(
        () -> {
          requireWritable();
          if (size < bytes.size()) {
            bytes.truncate(size);
            commitIfAsked();
          }
          position = Math.min(position, size);
          return this;
        });
  }

  @Override
  public void force(boolean metaData) throws IOException {
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
    if (options.write()) {
      after.commit();
    }
  }

  // ---- where it is

  @Override
  public long position() throws IOException {
    return step(() -> position);
  }

  @Override
  public FileChannel position(long newPosition) throws IOException {
    requireNotNegative(newPosition);
    return step(
        () -> {
          position = newPosition;
          return this;
        });
  }

  @Override
  public long size() throws IOException {
    return step(bytes::size);
  }

  private static void requireNotNegative(long number) {
    if (number < 0) {
      throw new IllegalArgumentException("below zero: " + number);
    }
  }

  // ---- what a container does not have

  @Override
  public MappedByteBuffer map(MapMode mode, long from, long size) {
    throw new UnsupportedOperationException("mapping");
  }

  @Override
  public FileLock lock(long from, long size, boolean shared) {
    throw new UnsupportedOperationException("locks");
  }

  @Override
  public FileLock tryLock(long from, long size, boolean shared) {
    throw new UnsupportedOperationException("locks");
  }

  @Override
  protected void implCloseChannel() throws IOException {
    lock.lock();
    try {
      bytes.close();
    } catch (ContainerException e) {
      throw Failures.of(e, name);
    } finally {
      lock.unlock();
      after.closed(this);
    }
  }
}
