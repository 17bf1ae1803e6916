package uk.usbguard.core.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import uk.usbguard.core.format.BatchLayout;
import uk.usbguard.core.format.Frame;
import uk.usbguard.core.io.BlockFile;
import uk.usbguard.core.io.SegmentFiles;
import uk.usbguard.core.io.SegmentSource;

/**
 * A stick that says how long a real one would have taken. Nothing waits: every operation is charged
 * with what it moves at the sequential rate, and, where it does not go on where the one before
 * ended, with one random access of 4 KiB. A force that concerns the length is charged with two
 * more, for the file system's tables. Reads are charged like writes, which real sticks are kinder
 * about.
 *
 * <p>While {@link #forgetBulk} is on, file content inside a batch is not kept, only its frames,
 * nodes and trailer: so a container of 64 GiB needs a few. What was not kept reads as zeros, which
 * do not verify.
 */
public final class SlowStick implements SegmentSource {

  /**
   * How fast a stick is.
   *
   * @param sequential bytes a second, in a row
   * @param random bytes a second, in pieces of 4 KiB all over the place
   */
  public record Speed(double sequential, double random) {
    double nanos(long bytes, boolean jumps) {
      double inARow = bytes / sequential;
      double jump = jumps ? ACCESS / random - ACCESS / sequential : 0;
      return (inARow + jump) * 1e9;
    }
  }

  /** What was done, and how long a stick of that speed takes. */
  public record Cost(
      double seconds, long reads, long bytesRead, long writes, long bytesWritten, long forces) {}

  private static final int ACCESS = 4096;

  /** Room in front of a batch's trailer that surely holds its nodes. */
  private static final int NODES = 192 * 1024;

  private final SegmentSource files;
  private final Speed speed;
  private boolean forgetBulk;
  private int lastSegment = -1;
  private long lastEnd;
  private double nanos;
  private long reads;
  private long bytesRead;
  private long writes;
  private long bytesWritten;
  private long forces;
  private Gap gap = new Gap(0, 0, 0);

  /** Bytes of a batch that are file content. */
  private record Gap(int segment, long from, long to) {}

  /** Takes the path of a file that is there, or a new one. */
  public SlowStick(Path first, Speed speed) {
    this.files = new SegmentFiles(first, true);
    this.speed = speed;
  }

  /** From now on content of files is dropped, or kept. */
  public void forgetBulk(boolean forget) {
    forgetBulk = forget;
  }

  /** What was done so far. */
  public synchronized Cost cost() {
    return new Cost(nanos / 1e9, reads, bytesRead, writes, bytesWritten, forces);
  }

  private synchronized void charge(int segment, long offset, int length, boolean write) {
    nanos += speed.nanos(length, segment != lastSegment || offset != lastEnd);
    lastSegment = segment;
    lastEnd = offset + length;
    reads += write ? 0 : 1;
    bytesRead += write ? 0 : length;
    writes += write ? 1 : 0;
    bytesWritten += write ? length : 0;
  }

  private synchronized void chargeForce(boolean withLength) {
    forces++;
    if (withLength) {
      nanos += 2 * speed.nanos(ACCESS, true);
      lastSegment = -1;
    }
  }

  @Override
  public Optional<BlockFile> open(int number) throws IOException {
    return files.open(number).map(file -> new Charged(number, file));
  }

  @Override
  public BlockFile create(int number) throws IOException {
    chargeForce(true);
    return new Charged(number, files.create(number));
  }

  @Override
  public void delete(int number) throws IOException {
    chargeForce(true);
    files.delete(number);
  }

  @Override
  public long usableBytes() {
    return Long.MAX_VALUE;
  }

  /** Where in a write begins a batch, what of it is content. */
  private void noteBatch(int segment, long offset, ByteBuffer source) {
    byte[] start = new byte[BatchLayout.FRAME];
    if (source.remaining() < start.length) {
      return;
    }
    source.duplicate().get(start);
    Frame.read(start, 0)
        .ifPresent(
            frame ->
                gap =
                    new Gap(
                        segment,
                        offset + ACCESS,
                        offset + Math.max(ACCESS, frame.trailerOffset() - (long) NODES)));
  }

  /** One file of it. */
  private final class Charged implements BlockFile {
    private final int number;
    private final BlockFile file;

    Charged(int number, BlockFile file) {
      this.number = number;
      this.file = file;
    }

    @Override
    public int readAt(long offsetBytes, ByteBuffer target) throws IOException {
      int n = file.readAt(offsetBytes, target);
      charge(number, offsetBytes, n, false);
      return n;
    }

    @Override
    public void writeAt(long offsetBytes, ByteBuffer source) throws IOException {
      charge(number, offsetBytes, source.remaining(), true);
      if (!forgetBulk) {
        file.writeAt(offsetBytes, source);
        return;
      }
      noteBatch(number, offsetBytes, source);
      long end = offsetBytes + source.remaining();
      boolean inside = gap.segment() == number && gap.from() < end && gap.to() > offsetBytes;
      long from = inside ? Math.max(offsetBytes, gap.from()) : end;
      long to = inside ? Math.min(end, gap.to()) : end;
      part(offsetBytes, from, offsetBytes, source);
      part(to, end, offsetBytes, source);
      source.position(source.limit());
    }

    private void part(long from, long to, long base, ByteBuffer source) throws IOException {
      if (from < to) {
        int at = source.position() + (int) (from - base);
        file.writeAt(from, source.duplicate().position(at).limit(at + (int) (to - from)));
      }
    }

    @Override
    public void force(boolean withLength) {
      chargeForce(withLength);
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public void truncate(long sizeBytes) throws IOException {
      file.truncate(sizeBytes);
    }

    @Override
    public boolean tryLock() throws IOException {
      return file.tryLock();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
