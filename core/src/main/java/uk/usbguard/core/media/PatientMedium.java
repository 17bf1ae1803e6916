package uk.usbguard.core.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A medium that cannot hang whoever asks: what takes longer than the {@link Patience} allows fails,
 * and everything after it fails at once. What hangs in the kernel keeps the device open until the
 * kernel lets go of it.
 */
public final class PatientMedium implements Medium {

  private final Asking asking;
  private final @Nullable Medium medium;
  private final long size;
  private final OptionalInt sector;

  private PatientMedium(Asking asking, @Nullable Medium medium, long size, OptionalInt sector) {
    this.asking = asking;
    this.medium = medium;
    this.size = size;
    this.sector = sector;
  }

  /**
   * Opens a medium. One that does not open in time is a medium whose size cannot be told.
   *
   * @throws IOException if it cannot be opened
   */
  public static Medium open(Callable<? extends Medium> opening, Patience patience)
      throws IOException {
    Asking asking = new Asking(patience);
    try {
      Medium opened = asking.answer(opening);
      return new PatientMedium(
          asking, opened, asking.answer(opened::sizeBytes), asking.answer(opened::sectorBytes));
    } catch (TooSlowException e) {
      return new PatientMedium(asking, null, 0, OptionalInt.empty());
    } catch (IOException e) {
      asking.close();
      throw e;
    }
  }

  private Medium opened() throws TooSlowException {
    Medium opened = medium;
    if (opened == null) {
      throw new TooSlowException();
    }
    return opened;
  }

  @Override
  public long sizeBytes() throws IOException {
    opened();
    return size;
  }

  @Override
  public OptionalInt sectorBytes() {
    return sector;
  }

  /** Into a buffer of its own: a read that comes back late must not write into the caller's. */
  @Override
  public int readAt(long offsetBytes, ByteBuffer target) throws IOException {
    Medium opened = opened();
    ByteBuffer own = ByteBuffer.allocate(target.remaining());
    int read = asking.answer(() -> opened.readAt(offsetBytes, own));
    target.put(own.flip());
    return read;
  }

  @Override
  public void close() throws IOException {
    Medium opened = medium;
    Callable<?> closing =
        () -> {
          if (opened != null) {
            opened.close();
          }
          return 0;
        };
    try (asking) {
      if (asking.gaveUp()) {
        asking.afterwards(closing);
      } else {
        asking.answer(closing);
      }
    } catch (TooSlowException e) {
      // what was read was read; the thread closes it when it can
    }
  }
}
