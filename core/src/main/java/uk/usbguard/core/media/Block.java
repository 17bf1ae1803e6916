package uk.usbguard.core.media;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * Bytes of a medium with typed access. What lies outside reads as zero, so that no offset that the
 * medium claims can throw. 64-bit numbers above {@link Long#MAX_VALUE} are negative: callers take
 * negative for impossible.
 */
final class Block {

  private final byte[] bytes;

  Block(byte[] bytes) {
    this.bytes = bytes;
  }

  int length() {
    return bytes.length;
  }

  int u8(int at) {
    return at < 0 || at >= bytes.length ? 0 : (bytes[at] & 0xFF);
  }

  int u16(int at) {
    return u8(at) | (u8(at + 1) << 8);
  }

  long u32(int at) {
    return u16(at) | ((long) u16(at + 2) << 16);
  }

  long u64(int at) {
    return u32(at) | (u32(at + 4) << 32);
  }

  int u16be(int at) {
    return (u8(at) << 8) | u8(at + 1);
  }

  long u32be(int at) {
    return ((long) u16be(at) << 16) | u16be(at + 2);
  }

  long u64be(int at) {
    return (u32be(at) << 32) | u32be(at + 4);
  }

  /** Whether the characters, taken as bytes, stand here. */
  boolean has(int at, String latin1) {
    for (int i = 0; i < latin1.length(); i++) {
      if (u8(at + i) != latin1.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  boolean hasBytes(int at, int... values) {
    for (int i = 0; i < values.length; i++) {
      if (u8(at + i) != values[i]) {
        return false;
      }
    }
    return true;
  }

  boolean isZero(int from, int to) {
    for (int i = from; i < to; i++) {
      if (u8(i) != 0) {
        return false;
      }
    }
    return true;
  }

  boolean isZero() {
    return isZero(0, bytes.length);
  }

  /** Text up to the first NUL. */
  String text(int at, int length) {
    int end = at;
    while (end < at + length && u8(end) != 0) {
      end++;
    }
    return new String(slice(at, end - at), StandardCharsets.ISO_8859_1);
  }

  byte[] slice(int at, int length) {
    byte[] part = new byte[length];
    for (int i = 0; i < length; i++) {
      part[i] = (byte) u8(at + i);
    }
    return part;
  }

  Block part(int at, int length) {
    return new Block(slice(at, length));
  }

  /** A copy with a stretch of zeros, as checksums that stand in what they cover need it. */
  Block zeroed(int from, int to) {
    byte[] copy = bytes.clone();
    Arrays.fill(copy, from, to, (byte) 0);
    return new Block(copy);
  }

  byte[] toArray() {
    return bytes.clone();
  }

  long crc32(int from, int to) {
    return checksum(new CRC32(), from, to);
  }

  long crc32c(int from, int to) {
    return checksum(new CRC32C(), from, to);
  }

  private long checksum(Checksum sum, int from, int to) {
    sum.update(slice(from, to - from));
    return sum.getValue();
  }

  /** Whether a number is a power of two from {@code min} to {@code max}. */
  static boolean isPower(long value, long min, long max) {
    return value >= min && value <= max && Long.bitCount(value) == 1;
  }
}
