package uk.usbguard.core.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import uk.usbguard.core.io.BlockFile;

/** One file of {@link MemorySegments}, which says what fails. */
public final class FaultyBlockFile implements BlockFile {

  private final MemorySegments medium;
  private final int segment;
  private boolean locked;
  private volatile boolean closed;

  FaultyBlockFile(MemorySegments medium, int segment) {
    this.medium = medium;
    this.segment = segment;
  }

  @Override
  public int readAt(long offsetBytes, ByteBuffer target) throws IOException {
    requireOpen();
    return medium.read(segment, offsetBytes, target);
  }

  @Override
  public void writeAt(long offsetBytes, ByteBuffer source) throws IOException {
    requireOpen();
    byte[] bytes = new byte[source.remaining()];
    source.get(bytes);
    medium.write(segment, offsetBytes, bytes);
  }

  @Override
  public void force(boolean withLength) throws IOException {
    requireOpen();
    medium.force(segment);
  }

  @Override
  public long size() throws IOException {
    requireOpen();
    return medium.size(segment);
  }

  @Override
  public void truncate(long sizeBytes) throws IOException {
    requireOpen();
    medium.truncate(segment, sizeBytes);
  }

  @Override
  public boolean tryLock() throws IOException {
    requireOpen();
    boolean got = medium.lock();
    locked |= got;
    return got;
  }

  private void requireOpen() throws ClosedChannelException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public void close() {
    closed = true;
    medium.closed(this, locked);
  }
}
