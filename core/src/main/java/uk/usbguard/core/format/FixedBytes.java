package uk.usbguard.core.format;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A few public bytes as a value: immutable, equal by content and by kind. */
abstract sealed class FixedBytes permits ContainerId, EpochSalt, Tag {

  private final byte[] bytes;

  /** Copies the bytes. */
  FixedBytes(byte[] bytes, int length) {
    if (bytes.length != length) {
      throw new IllegalArgumentException(bytes.length + " bytes instead of " + length);
    }
    this.bytes = bytes.clone();
  }

  static byte[] next(ByteBuffer from, int length) {
    byte[] bytes = new byte[length];
    from.get(bytes);
    return bytes;
  }

  /** A copy. */
  public final byte[] toBytes() {
    return bytes.clone();
  }

  /** Writes the bytes where the buffer stands. */
  public final void writeTo(ByteBuffer to) {
    to.put(bytes);
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof FixedBytes that
        && that.getClass() == getClass()
        && Arrays.equals(that.bytes, bytes);
  }

  @Override
  public final int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
