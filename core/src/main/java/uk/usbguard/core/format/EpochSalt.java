package uk.usbguard.core.format;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The 32 random bytes that name one epoch, a write session. Equal by content; not secret. */
public final class EpochSalt {

  /** Length in bytes. */
  public static final int LENGTH = 32;

  private final byte[] bytes;

  private EpochSalt(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A salt with a copy of these bytes. */
  public static EpochSalt of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("salt of " + bytes.length + " bytes");
    }
    return new EpochSalt(bytes.clone());
  }

  /** A salt from the next 32 bytes. */
  public static EpochSalt readFrom(ByteBuffer in) {
    byte[] bytes = new byte[LENGTH];
    in.get(bytes);
    return new EpochSalt(bytes);
  }

  /** Puts the 32 bytes. */
  public void writeTo(ByteBuffer out) {
    out.put(bytes);
  }

  /** A copy of the bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof EpochSalt that && Arrays.equals(bytes, that.bytes));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "epoch " + java.util.HexFormat.of().formatHex(bytes, 0, 4);
  }
}
