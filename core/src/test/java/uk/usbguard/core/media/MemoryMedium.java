package uk.usbguard.core.media;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** A medium in memory: pages that are not zero, on any size, with places that fail. */
final class MemoryMedium implements Medium {

  private static final int PAGE = 4096;

  private final TreeMap<Long, byte[]> pages = new TreeMap<>();
  private long size;
  private long failsFrom = Long.MAX_VALUE;
  private long endsAt = Long.MAX_VALUE;
  private long vanishesAfter = Long.MAX_VALUE;
  private int mostAtOnce = Integer.MAX_VALUE;
  private OptionalInt sector = OptionalInt.empty();
  long reads;

  MemoryMedium(long size) {
    this.size = size;
  }

  /** A medium that a real tool made: see README.txt beside the resource. */
  static MemoryMedium of(String resource) {
    try (InputStream raw = MemoryMedium.class.getResourceAsStream(resource + ".pages.gz");
        DataInputStream in =
            new DataInputStream(new GZIPInputStream(Objects.requireNonNull(raw, resource)))) {
      MemoryMedium medium = new MemoryMedium(in.readLong());
      while (true) {
        long offset;
        try {
          offset = in.readLong();
        } catch (EOFException end) {
          return medium;
        }
        medium.write(offset, in.readNBytes(PAGE));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  MemoryMedium sized(long other) {
    size = other;
    return this;
  }

  /** From here on every read is an error. */
  MemoryMedium failingFrom(long offset) {
    failsFrom = offset;
    return this;
  }

  /** From here on nothing comes, whatever the size says. */
  MemoryMedium endingAt(long offset) {
    endsAt = offset;
    return this;
  }

  /** After so many reads it was pulled out. */
  MemoryMedium vanishingAfter(long readsThatWork) {
    vanishesAfter = readsThatWork;
    return this;
  }

  /** No read gives more bytes than this. */
  MemoryMedium givingAtMost(int bytes) {
    mostAtOnce = bytes;
    return this;
  }

  /** The sector size that the system names, which an image has not. */
  MemoryMedium withSectors(int bytes) {
    sector = OptionalInt.of(bytes);
    return this;
  }

  MemoryMedium write(long offset, byte... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      long at = offset + i;
      pages.computeIfAbsent(at / PAGE, p -> new byte[PAGE])[(int) (at % PAGE)] = bytes[i];
    }
    return this;
  }

  /** Lays another medium over this one, from an offset that is a multiple of 4096. */
  MemoryMedium put(long offset, MemoryMedium other) {
    other.pages.forEach((page, bytes) -> pages.put(page + offset / PAGE, bytes.clone()));
    return this;
  }

  /** What lies there. */
  byte[] read(long offset, int length) {
    byte[] bytes = new byte[length];
    int done = 0;
    while (done < length) {
      int inside = (int) ((offset + done) % PAGE);
      int part = Math.min(length - done, PAGE - inside);
      System.arraycopy(page(offset + done), inside, bytes, done, part);
      done += part;
    }
    return bytes;
  }

  byte[] page(long offset) {
    return pages.getOrDefault(offset / PAGE, new byte[PAGE]).clone();
  }

  @Override
  public long sizeBytes() {
    return size;
  }

  @Override
  public OptionalInt sectorBytes() {
    return sector;
  }

  @Override
  public int readAt(long offsetBytes, ByteBuffer target) throws IOException {
    reads++;
    if (reads > vanishesAfter) {
      throw new IOException("No such device");
    }
    if (offsetBytes >= endsAt) {
      return -1;
    }
    int done = 0;
    while (target.hasRemaining() && offsetBytes + done < endsAt && done < mostAtOnce) {
      long at = offsetBytes + done;
      if (at >= failsFrom) {
        throw new IOException("Input/output error");
      }
      int inside = (int) (at % PAGE);
      int part = Math.min(Math.min(target.remaining(), PAGE - inside), mostAtOnce - done);
      target.put(pages.getOrDefault(at / PAGE, new byte[PAGE]), inside, part);
      done += part;
    }
    return done;
  }

  @Override
  public void close() {
    // memory
  }
}
