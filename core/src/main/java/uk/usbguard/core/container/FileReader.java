package uk.usbguard.core.container;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.MediumReadException;
import uk.usbguard.core.format.DirectoryEntry;
import uk.usbguard.core.format.EntryContent;
import uk.usbguard.core.format.FormatLimits;
import uk.usbguard.core.format.Key;

/**
 * Reads one file. Whatever it hands out has been verified, and belongs to the file and the place
 * that was asked for. A file that is changed or removed meanwhile ends the reading with an error,
 * never with bytes of two states.
 */
public final class FileReader {

  private static final int EXTENT = FormatLimits.EXTENT;

  private final Session session;
  private final DirectoryEntry entry;
  private final FileExtents extents;

  FileReader(Session session, Key key, DirectoryEntry entry) {
    this.session = session;
    this.entry = entry;
    this.extents = new FileExtents(session, key, entry);
  }

  /** The size of the file in bytes. */
  public long size() {
    return entry.size();
  }

  /** The file as it was when it was opened. */
  public Entry entry() {
    return Entry.of(entry);
  }

  /** The bytes that are sealed together with the one at a position: one is damaged, all are. */
  public ByteRange sealedWith(long position) {
    long start = position / EXTENT * EXTENT;
    return new ByteRange(start, Math.min(size(), start + EXTENT));
  }

  /**
   * Reads up to {@code length} bytes.
   *
   * @return the number read, -1 behind the end
   */
  public int read(long position, byte[] target, int offset, int length)
      throws IOException, ContainerException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (position < 0) {
      throw new IllegalArgumentException("position " + position);
    }
    if (position >= size()) {
      return -1;
    }
    int wanted = (int) Math.min(length, size() - position);
    if (entry.content() instanceof EntryContent.Inline inline) {
      System.arraycopy(inline.toBytes(), (int) position, target, offset, wanted);
      return wanted;
    }
    byte[] plain = new byte[EXTENT];
    try {
      int done = 0;
      while (done < wanted) {
        long at = position + done;
        extents.read(at / EXTENT, plain);
        int within = (int) (at % EXTENT);
        int n = Math.min(wanted - done, EXTENT - within);
        System.arraycopy(plain, within, target, offset + done, n);
        done += n;
      }
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
    return wanted;
  }

  /** Writes the whole file to a stream. */
  public void transferTo(OutputStream out) throws IOException, ContainerException {
    transferTo(ByteSink.of(out));
  }

  /**
   * Hands the whole file over in order, reading and opening ahead. If a record does not open,
   * everything before it was handed over and nothing of it or behind it.
   */
  public void transferTo(ByteSink sink) throws IOException, ContainerException {
    if (entry.content() instanceof EntryContent.Inline inline) {
      byte[] bytes = inline.toBytes();
      sink.writeAll(ByteBuffer.wrap(bytes));
      return;
    }
    if (size() <= EXTENT) {
      transferSmall(sink);
      return;
    }
    new FileTransfer(session, extents).to(sink);
  }

  /**
   * Hands the whole file over in order, with zeros in the place of what does not verify or cannot
   * be read from the medium: whatever is not zero was verified.
   *
   * @return what was replaced by zeros, in order; bytes of one range are damaged together
   */
  public List<ByteRange> transferAroundDamage(ByteSink sink)
      throws IOException, ContainerException {
    List<ByteRange> ranges = new ArrayList<>();
    byte[] plain = new byte[EXTENT];
    try {
      for (long start = 0; start < size(); start += EXTENT) {
        int length = (int) Math.min(EXTENT, size() - start);
        if (entry.content() instanceof EntryContent.Inline inline) {
          System.arraycopy(inline.toBytes(), (int) start, plain, 0, length);
        } else if (!isReadable(start / EXTENT, plain)) {
          Arrays.fill(plain, (byte) 0);
          join(ranges, new ByteRange(start, start + length));
        }
        sink.writeAll(ByteBuffer.wrap(plain, 0, length));
      }
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
    return ranges;
  }

  private void transferSmall(ByteSink sink) throws IOException, ContainerException {
    if (size() > 0) {
      byte[] plain = new byte[smallRoom()];
      extents.read(0, plain);
      sink.writeAll(ByteBuffer.wrap(plain, 0, (int) size()));
    }
  }

  /** One record is as long as the file; of runs nobody knows before they are read. */
  private int smallRoom() {
    return entry.content() instanceof EntryContent.OneRecord one
        ? Math.max((int) size(), one.record().plainLength())
        : EXTENT;
  }

  /**
   * Reads and opens everything.
   *
   * @return what is damaged, in order; bytes of one range are damaged together
   */
  public List<ByteRange> damage(ProgressListener progress) throws IOException, ContainerException {
    List<ByteRange> ranges = new ArrayList<>();
    long count = (size() + EXTENT - 1) / EXTENT;
    byte[] plain = new byte[EXTENT];
    for (long extent = 0; extent < count; extent++) {
      long start = extent * EXTENT;
      long end = Math.min(size(), start + EXTENT);
      if (!(entry.content() instanceof EntryContent.Inline) && !isWhole(extent, plain)) {
        join(ranges, new ByteRange(start, end));
      }
      progress.advanced(end, size());
    }
    return ranges;
  }

  private boolean isWhole(long extent, byte[] plain) throws IOException, ContainerException {
    try {
      extents.read(extent, plain);
      return true;
    } catch (DamagedContainerException e) {
      return false;
    }
  }

  private boolean isReadable(long extent, byte[] plain) throws IOException, ContainerException {
    try {
      return isWhole(extent, plain);
    } catch (MediumReadException e) {
      return false;
    }
  }

  private static void join(List<ByteRange> ranges, ByteRange range) {
    int last = ranges.size() - 1;
    if (last >= 0 && ranges.get(last).end() == range.start()) {
      ranges.set(last, new ByteRange(ranges.get(last).start(), range.end()));
    } else {
      ranges.add(range);
    }
  }
}
