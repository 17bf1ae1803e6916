package uk.usbguard.core.format;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The 16 bytes of an AES-GCM tag, kept where a parent pins its child. Equal by content; not secret.
 */
public final class Tag {

  /** Length in bytes. */
  public static final int LENGTH = 16;

  private final byte[] bytes;

  private Tag(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A tag with a copy of these bytes. */
  public static Tag of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("tag of " + bytes.length + " bytes");
    }
    return new Tag(bytes.clone());
  }

  /** A tag from the next 16 bytes. */
  public static Tag readFrom(ByteBuffer in) {
    byte[] bytes = new byte[LENGTH];
    in.get(bytes);
    return new Tag(bytes);
  }

  /** Puts the 16 bytes. */
  public void writeTo(ByteBuffer out) {
    out.put(bytes);
  }

  /** A copy of the bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Tag that && Arrays.equals(bytes, that.bytes));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "tag " + java.util.HexFormat.of().formatHex(bytes, 0, 4);
  }
}
