package uk.usbguard.core.fuzz;

import java.io.IOException;
import java.nio.ByteBuffer;
import uk.usbguard.core.container.MemorySegments;
import uk.usbguard.core.extent.BatchReader;
import uk.usbguard.core.extent.Layout;
import uk.usbguard.core.io.BlockFile;
import uk.usbguard.core.io.SegmentedFile;
import uk.usbguard.core.record.Records;

/** A segment in which only the first batch is stored; everything before it reads as zeros. */
record OneBatch(byte[] batch) implements BlockFile {

  private static final long SEGMENT = 64L << 20;

  static BatchReader reader(byte[] batch, Records records) throws IOException {
    SegmentedFile file =
        new SegmentedFile(new MemorySegments(), new OneBatch(batch), SEGMENT, n -> new byte[0]);
    return new BatchReader(file, records, new Layout(SEGMENT));
  }

  @Override
  public int readAt(long offset, ByteBuffer target) {
    if (offset >= size()) {
      return -1;
    }
    int n = (int) Math.min(target.remaining(), size() - offset);
    for (int i = 0; i < n; i++) {
      long at = offset + i - Layout.FIRST_BATCH;
      target.put(at < 0 ? 0 : batch[(int) at]);
    }
    return n;
  }

  @Override
  public long size() {
    return Layout.FIRST_BATCH + batch.length;
  }

  @Override
  public void writeAt(long offset, ByteBuffer source) {
    throw new AssertionError("a reader does not write");
  }

  @Override
  public void force(boolean withLength) {
    throw new AssertionError("a reader does not force");
  }

  @Override
  public void truncate(long size) {
    throw new AssertionError("a reader does not truncate");
  }

  @Override
  public boolean tryLock() {
    return true;
  }

  @Override
  public void close() {
    // nothing is held
  }
}
