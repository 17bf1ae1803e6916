package uk.usbguard.core.format;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** The authentication tag of a sealed record, by which a pointer pins its content. */
public final class Tag extends FixedBytes {

  public static final int LENGTH = FormatLimits.TAG_LENGTH;

  private Tag(byte[] bytes) {
    super(bytes, LENGTH);
  }

  /** Copies the bytes. */
  public static Tag of(byte[] bytes) {
    return new Tag(bytes);
  }

  /** Takes the bytes where the buffer stands. */
  public static Tag readFrom(ByteBuffer from) {
    return new Tag(next(from, LENGTH));
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(toBytes());
  }
}
