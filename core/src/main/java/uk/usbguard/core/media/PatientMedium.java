package uk.usbguard.core.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A medium that cannot hang whoever asks: what takes longer than the {@link Patience} allows fails,
 * and everything after it fails at once. What hangs in the kernel keeps the device open until the
 * kernel lets go of it.
 */
public final class PatientMedium implements Medium {

  private final Asking asking;

  /** What was opened, also if that came too late: it is closed in the end. */
  private final AtomicReference<@Nullable Medium> held;

  private final @Nullable Medium medium;
  private final long size;
  private final OptionalInt sector;

  private PatientMedium(
      Asking asking,
      AtomicReference<@Nullable Medium> held,
      @Nullable Medium medium,
      long size,
      OptionalInt sector) {
    this.asking = asking;
    this.held = held;
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
    AtomicReference<@Nullable Medium> held = new AtomicReference<>();
    try {
      Medium opened =
          asking.answer(
              () -> {
                Medium made = opening.call();
                held.set(made);
                return made;
              });
      return new PatientMedium(
          asking,
          held,
          opened,
          asking.answer(opened::sizeBytes),
          asking.answer(opened::sectorBytes));
    } catch (TooSlowException e) {
      return new PatientMedium(asking, held, null, 0, OptionalInt.empty());
    } catch (IOException e) {
      try (asking) {
        asking.afterwards(closing(held));
      }
      throw e;
    }
  }

  private static Callable<?> closing(AtomicReference<@Nullable Medium> held) {
    return () -> {
      Medium opened = held.get();
      if (opened != null) {
        opened.close();
      }
      return 0;
    };
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
    try (asking) {
      if (asking.gaveUp()) {
        asking.afterwards(closing(held));
      } else {
        asking.answer(closing(held));
      }
    } catch (TooSlowException e) {
      // what was read was read; the thread closes it when it can
    }
  }
}
