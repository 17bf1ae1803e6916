package uk.usbguard.core.container;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import uk.usbguard.core.error.ContainerException;

/**
 * Changes one file at any place. Everybody who edits a file sees what the others wrote; everybody
 * else sees it once it is flushed, and every flush leaves a whole file. Safe for several threads;
 * closing flushes.
 */
public final class FileEditor implements AutoCloseable {

  /** No file can be made longer. */
  public static final long LARGEST_FILE = EditedFile.LARGEST_FILE;

  private final EditedFile file;
  private final AtomicBoolean closed = new AtomicBoolean();

  FileEditor(EditedFile file) {
    this.file = file;
  }

  /** The id of the file's entry. */
  public long id() {
    return file.objectId();
  }

  /** The size in bytes, as changed so far. */
  public long size() {
    return file.size();
  }

  /**
   * Reads up to {@code length} bytes, with all changes so far.
   *
   * @return the number read, -1 behind the end
   */
  public int read(long position, byte[] target, int offset, int length)
      throws IOException, ContainerException {
    requireOpen();
    return file.read(position, target, offset, length);
  }

  /** Writes bytes; behind the end the file grows, and what lies between reads as zeros. */
  public void write(long position, byte[] source, int offset, int length)
      throws IOException, ContainerException {
    requireOpen();
    file.write(position, source, offset, length);
  }

  /**
   * Writes bytes behind the end, in one step with finding it.
   *
   * @return the new size
   */
  public long append(byte[] source, int offset, int length) throws IOException, ContainerException {
    requireOpen();
    return file.append(source, offset, length);
  }

  /** Cuts the file off or lengthens it with zeros. */
  public void truncate(long newSize) throws IOException, ContainerException {
    requireOpen();
    file.truncate(newSize);
  }

  /** Sets times and attributes. */
  public void setMeta(FileMeta meta) throws IOException, ContainerException {
    requireOpen();
    file.setMeta(meta);
  }

  /** Hands all changes over, as closing has; they are on the medium after the next commit. */
  public void flush() throws IOException, ContainerException {
    if (!closed.get()) {
      file.flush();
    }
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("the editor is closed");
    }
  }

  @Override
  public void close() throws IOException, ContainerException {
    if (closed.compareAndSet(false, true)) {
      file.leave();
    }
  }
}
