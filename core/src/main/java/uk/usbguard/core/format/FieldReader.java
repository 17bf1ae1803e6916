package uk.usbguard.core.format;

import java.nio.ByteBuffer;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.DamagedContainerException.Part;

/**
 * Reads fields out of one structure; what is too short or out of range is damage, never a crash.
 */
final class FieldReader {

  private final ByteBuffer in;
  private final Part part;
  private final long position;

  /** Reads {@code length} bytes of {@code bytes}; part and position say where they come from. */
  FieldReader(byte[] bytes, int offset, int length, Part part, long position) {
    this.in = ByteBuffer.wrap(bytes, offset, length);
    this.part = part;
    this.position = position;
  }

  int remaining() {
    return in.remaining();
  }

  /** The part of the container that is being read. */
  Part part() {
    return part;
  }

  int readByte(String what) throws DamagedContainerException {
    need(1, what);
    return in.get() & 0xFF;
  }

  int readShort(String what) throws DamagedContainerException {
    need(2, what);
    return in.getShort() & 0xFFFF;
  }

  long readUnsignedInt(String what) throws DamagedContainerException {
    need(4, what);
    return in.getInt() & 0xFFFF_FFFFL;
  }

  /** A 32-bit field that has to be in a range of ints. */
  int readInt(String what, int min, int max) throws DamagedContainerException {
    long value = readUnsignedInt(what);
    if (value < min || value > max) {
      throw damaged(what + " " + value);
    }
    return (int) value;
  }

  long readLong(String what) throws DamagedContainerException {
    need(8, what);
    return in.getLong();
  }

  /** So many bytes; they are known to be there before an array is made. */
  byte[] readBytes(int length, String what) throws DamagedContainerException {
    need(length, what);
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  EpochSalt readEpochSalt() throws DamagedContainerException {
    need(EpochSalt.LENGTH, "epoch salt");
    return EpochSalt.readFrom(in);
  }

  Tag readTag() throws DamagedContainerException {
    need(Tag.LENGTH, "tag");
    return Tag.readFrom(in);
  }

  /** A count of things that take at least {@code minBytes} each of what is left. */
  void checkCount(long count, int minBytes, String what) throws DamagedContainerException {
    if (count > in.remaining() / minBytes) {
      throw damaged(count + " " + what + " in " + in.remaining() + " bytes");
    }
  }

  /** Refuses bytes that nothing accounts for. */
  void end() throws DamagedContainerException {
    if (in.hasRemaining()) {
      throw damaged(in.remaining() + " bytes too many");
    }
  }

  DamagedContainerException damaged(String detail) {
    return new DamagedContainerException(part, position, detail);
  }

  private void need(int length, String what) throws DamagedContainerException {
    if (length > in.remaining()) {
      throw damaged(what + " does not fit: " + length + " of " + in.remaining() + " bytes");
    }
  }
}
