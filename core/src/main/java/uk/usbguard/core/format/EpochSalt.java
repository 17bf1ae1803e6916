package uk.usbguard.core.format;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** The random salt that names a write session and makes its key. It is no secret. */
public final class EpochSalt extends FixedBytes {

  public static final int LENGTH = FormatLimits.EPOCH_SALT_LENGTH;

  private EpochSalt(byte[] bytes) {
    super(bytes, LENGTH);
  }

  /** Copies the bytes. */
  public static EpochSalt of(byte[] bytes) {
    return new EpochSalt(bytes);
  }

  /** Takes the bytes where the buffer stands. */
  public static EpochSalt readFrom(ByteBuffer from) {
    return new EpochSalt(next(from, LENGTH));
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(toBytes());
  }
}
