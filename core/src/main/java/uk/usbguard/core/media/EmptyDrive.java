package uk.usbguard.core.media;

import java.nio.ByteBuffer;
import java.util.OptionalInt;

/**
 * A drive that shows no medium: a reader without a card, or a hardware-encrypted drive that is
 * still locked. The system refuses to open it.
 */
enum EmptyDrive implements Medium {
  INSTANCE;

  @Override
  public long sizeBytes() {
    return 0;
  }

  @Override
  public OptionalInt sectorBytes() {
    return OptionalInt.empty();
  }

  @Override
  public int readAt(long offsetBytes, ByteBuffer target) {
    return -1;
  }

  @Override
  public void close() {
    // nothing was opened
  }
}
