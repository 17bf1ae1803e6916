package uk.usbguard.core.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.DamagedContainerException.Part;
import uk.usbguard.core.error.DiskFull;
import uk.usbguard.core.error.MediumFullException;
import uk.usbguard.core.error.MediumReadException;

/**
 * The row of files that a container is, addressed by position: segment number in the upper 32 bits,
 * offset in the lower. Reading may happen in several threads; writing, growing and cutting in one.
 */
public final class SegmentedFile implements AutoCloseable {

  /**
   * The largest single write: a device that forgets its last writes forgets no more than this each.
   */
  public static final int WRITE_UNIT = 1 << 20;

  private static final int GROWTH_UNIT = 256 * 1024;
  private static final int GROWTH_MAX = 1024 * 1024;
  private static final int SECTOR = 4096;

  private final SegmentSource source;
  private final long segmentBytes;
  private final IntFunction<byte[]> headerOf;
  private final List<BlockFile> segments = new ArrayList<>();
  private final List<Long> lengths = new ArrayList<>();
  private final TreeSet<Integer> unforced = new TreeSet<>();
  private final TreeSet<Integer> lengthened = new TreeSet<>();
  private boolean appendsOften;
  private final AtomicLong bytesWritten = new AtomicLong();
  private final AtomicLong forces = new AtomicLong();
  private final AtomicLong growths = new AtomicLong();

  /**
   * Takes the files.
   *
   * @param first segment 0, open; closed with this
   * @param segmentBytes the length that no segment exceeds
   * @param headerOf the first bytes of a segment that has to be made
   */
  public SegmentedFile(
      SegmentSource source, BlockFile first, long segmentBytes, IntFunction<byte[]> headerOf)
      throws IOException {
    this.source = source;
    this.segmentBytes = segmentBytes;
    this.headerOf = headerOf;
    segments.add(first);
    lengths.add(first.size());
  }

  /** The segment that a position lies in. */
  public static int segmentOf(long position) {
    return (int) (position >>> 32);
  }

  /** The offset of a position in its segment. */
  public static long offsetOf(long position) {
    return position & 0xFFFF_FFFFL;
  }

  /** The position at an offset of a segment. */
  public static long position(int segment, long offsetBytes) {
    return ((long) segment << 32) | offsetBytes;
  }

  /** How many bytes of the files lie between two positions. */
  public long bytesBetween(long from, long to) {
    long segments = (long) segmentOf(to) - segmentOf(from);
    return segments * segmentBytes + offsetOf(to) - offsetOf(from);
  }

  /** The length that no segment exceeds. */
  public long segmentBytes() {
    return segmentBytes;
  }

  /**
   * Reads exactly {@code length} bytes.
   *
   * @throws DamagedContainerException if the segment is missing or too short
   * @throws MediumReadException if the medium cannot give them
   */
  public void read(long position, byte[] target, int offset, int length)
      throws IOException, DamagedContainerException {
    read(position, ByteBuffer.wrap(target, offset, length));
  }

  /**
   * Reads as much as the buffer has room for.
   *
   * @throws DamagedContainerException if the segment is missing or too short
   * @throws MediumReadException if the medium cannot give it
   */
  public void read(long position, ByteBuffer target) throws IOException, DamagedContainerException {
    int length = target.remaining();
    int n = readUpTo(position, target);
    if (n < length) {
      throw new DamagedContainerException(
          Part.SEGMENT, position, "ends after " + n + " of " + length);
    }
  }

  /**
   * Reads up to {@code length} bytes; fewer if the segment ends, none if it is missing.
   *
   * @throws MediumReadException if the medium cannot give them
   */
  public int readUpTo(long position, byte[] target, int offset, int length) throws IOException {
    return readUpTo(position, ByteBuffer.wrap(target, offset, length));
  }

  private int readUpTo(long position, ByteBuffer target) throws IOException {
    BlockFile file = segment(segmentOf(position));
    if (file == null) {
      return 0;
    }
    try {
      return file.readAt(offsetOf(position), target);
    } catch (IOException e) {
      throw MediumReadException.of(e);
    }
  }

  /**
   * Writes, in units of {@link #WRITE_UNIT} at most. What is written at the end lengthens the file;
   * where the medium has no room for all of it, the file is as long as it was.
   */
  public void write(long position, byte[] bytes, int offset, int length)
      throws IOException, MediumFullException {
    int number = segmentOf(position);
    BlockFile file = existing(number);
    long before = lengths.get(number);
    long end = offsetOf(position) + length;
    try {
      for (int done = 0; done < length; done += WRITE_UNIT) {
        int n = Math.min(WRITE_UNIT, length - done);
        file.writeAt(offsetOf(position) + done, ByteBuffer.wrap(bytes, offset + done, n));
      }
    } catch (IOException e) {
      shrinkQuietly(file, before, e);
      throw fullOr(e, length);
    }
    bytesWritten.addAndGet(length);
    unforced.add(number);
    if (end > before) {
      lengthIs(number, end);
      lengthened.add(number);
    }
  }

  /**
   * Makes the segment reach to {@code end} (exclusive) and forces the new length before anybody
   * relies on it, in steps so large that the file system's own tables change seldom. What is longer
   * than a step lengthens the file by being written, and so does the first that is shorter, as many
   * a session has only that one: FAT and exFAT fill what is skipped with zeros, so that each byte
   * would be written twice.
   */
  public void growTo(long end) throws IOException, MediumFullException {
    int number = segmentOf(end - 1);
    long needed = offsetOf(end - 1) + 1;
    long length = lengthOf(number);
    if (needed > length && needed - length < growthStep()) {
      if (appendsOften) {
        growInSteps(number, needed);
      }
      appendsOften = true;
    }
  }

  private void growInSteps(int number, long needed) throws IOException, MediumFullException {
    BlockFile file = existing(number);
    long generous = Math.min(segmentBytes, roundUp(lengths.get(number) + growthStep(), SECTOR));
    try {
      extend(number, file, generous);
    } catch (MediumFullException full) {
      if (roundUp(needed, SECTOR) >= generous) {
        throw full;
      }
      extend(number, file, roundUp(needed, SECTOR)); // the last bytes of a full medium
    }
  }

  private long growthStep() throws IOException {
    long eighth = totalBytes() / 8 / GROWTH_UNIT * GROWTH_UNIT;
    return Math.min(GROWTH_MAX, Math.max(GROWTH_UNIT, eighth));
  }

  private void extend(int number, BlockFile file, long length)
      throws IOException, MediumFullException {
    long before = lengths.get(number);
    try {
      file.writeAt(length - SECTOR, ByteBuffer.allocate(SECTOR));
      file.force(true);
    } catch (IOException e) {
      shrinkQuietly(file, before, e);
      throw fullOr(e, length - before);
    }
    growths.incrementAndGet();
    lengthIs(number, length);
  }

  private synchronized void lengthIs(int number, long length) {
    lengths.set(number, length);
  }

  private static void shrinkQuietly(BlockFile file, long length, IOException reason) {
    try {
      if (file.size() > length) {
        file.truncate(length);
      }
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  /** Starts a segment anew. What a crash left there under its name goes: no commit refers to it. */
  public synchronized void startSegment(int number) throws IOException, MediumFullException {
    if (segment(number) != null) {
      truncateTo(position(number - 1, segmentBytes));
    }
    if (number != segments.size()) {
      throw new IllegalStateException("segment " + number + " after " + (segments.size() - 1));
    }
    byte[] header = headerOf.apply(number);
    try {
      BlockFile file = source.create(number);
      segments.add(file);
      lengths.add(0L);
      file.writeAt(0, ByteBuffer.wrap(header));
      file.force(true);
    } catch (IOException e) {
      throw fullOr(e, header.length);
    }
    bytesWritten.addAndGet(header.length);
    lengths.set(number, (long) header.length);
  }

  /** Puts everything written so far onto the medium. One force for each file touched. */
  public void force() throws IOException {
    for (int number : unforced) {
      existing(number).force(lengthened.contains(number));
      forces.incrementAndGet();
    }
    unforced.clear();
    lengthened.clear();
  }

  /** Cuts everything off behind {@code end} and removes later segments. */
  public synchronized void truncateTo(long end) throws IOException {
    int last = segmentOf(end - 1);
    for (int number = segments.size() - 1; number > last; number--) {
      segments.remove(number).close();
      lengths.remove(number);
      unforced.remove(number);
      lengthened.remove(number);
      source.delete(number);
    }
    BlockFile file = segment(last);
    if (file != null && lengths.get(last) > offsetOf(end - 1) + 1) {
      file.truncate(offsetOf(end - 1) + 1);
      file.force(true);
      lengths.set(last, offsetOf(end - 1) + 1);
    }
  }

  /** The length of one segment in bytes, 0 if it is not there. */
  public long lengthOf(int number) throws IOException {
    return segment(number) == null ? 0 : lengths.get(number);
  }

  /** The lengths of all segments together. Opens those that were not needed so far. */
  public synchronized long totalBytes() throws IOException {
    int number = segments.size();
    while (segment(number) != null) {
      number++;
    }
    return lengths.stream().mapToLong(Long::longValue).sum();
  }

  /**
   * The same files once more, read past the system's cache; nothing if there is no way to do so.
   * The caller closes it just before this: closing it gives up the writer's lock.
   */
  public Optional<SegmentedFile> pastCache() throws IOException {
    Optional<BlockFile> first = source.openPastCache(0);
    return first.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SegmentedFile(new DirectSegments(source), first.get(), segmentBytes, headerOf));
  }

  /** Bytes written since this was opened. */
  public long bytesWritten() {
    return bytesWritten.get();
  }

  /** Forces since this was opened, those for growing not counted. */
  public long forces() {
    return forces.get();
  }

  /** Bytes that the medium still takes; a very large number if the system does not say. */
  public long usableBytes() {
    try {
      return source.usableBytes();
    } catch (IOException e) {
      return Long.MAX_VALUE; // then writing tells
    }
  }

  /** How often a file had to be made longer, each with a force of its own. */
  public long growths() {
    return growths.get();
  }

  private synchronized @Nullable BlockFile segment(int number) throws IOException {
    while (segments.size() <= number) {
      Optional<BlockFile> next = source.open(segments.size());
      if (next.isEmpty()) {
        return null;
      }
      segments.add(next.get());
      lengths.add(next.get().size());
    }
    return segments.get(number);
  }

  private BlockFile existing(int number) throws IOException {
    BlockFile file = segment(number);
    if (file == null) {
      throw new IllegalStateException("no segment " + number);
    }
    return file;
  }

  /** A medium with no room left is full in whatever language the system says so. */
  private IOException fullOr(IOException e, long needed) throws MediumFullException {
    long room = usableBytes();
    if (DiskFull.is(e) || room < needed) {
      throw new MediumFullException(room < needed ? needed - room : needed, e);
    }
    return e;
  }

  private static long roundUp(long value, long unit) {
    return (value + unit - 1) / unit * unit;
  }

  @Override
  public void close() throws IOException {
    IOException first = null;
    for (BlockFile file : segments) {
      try {
        file.close();
      } catch (IOException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    source.unclaim(); // after the last channel: closing one gives up the lock
    if (first != null) {
      throw first;
    }
  }
}
