package uk.usbguard.core.container;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import uk.usbguard.core.error.ContainerException;

/** A sector of a {@link MemorySegments} that cannot be read, in the middle of a file's content. */
public final class BadSector {

  private static final int SECTOR = 512;

  private final MemorySegments medium;
  private final long offset;

  private BadSector(MemorySegments medium, long offset) {
    this.medium = medium;
    this.offset = offset;
  }

  /** The one that the byte at a position of a file lies in, or one close to it. Nothing fails. */
  public static BadSector under(MemorySegments medium, FileReader file, long position)
      throws IOException, ContainerException {
    AtomicLong at = new AtomicLong();
    medium.failWhere(
        (kind, segment, offset, length) -> {
          if (kind == MemorySegments.Kind.READ) {
            at.set(offset + length / 2); // the record is the last that is read
          }
        });
    file.read(position, new byte[1], 0, 1);
    medium.mend();
    return new BadSector(medium, at.get() / SECTOR * SECTOR);
  }

  /** From now on every read that touches it fails, the first so many times. */
  public void breakFor(int times) {
    AtomicLong left = new AtomicLong(times);
    medium.failWhere(
        (kind, segment, from, length) -> {
          boolean touches = from < offset + SECTOR && from + length > offset;
          if (kind == MemorySegments.Kind.READ && touches && left.getAndDecrement() > 0) {
            throw new IOException("Input/output error");
          }
        });
  }
}
