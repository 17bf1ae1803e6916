package uk.usbguard.core.device;

import uk.usbguard.core.device.MalformedDescriptorsException.Reason;

/** One descriptor inside a blob: two bytes say its length and type. Lies wholly in its bounds. */
final class RawDescriptor {

  static final int DEVICE = 0x01;
  static final int CONFIGURATION = 0x02;
  static final int INTERFACE = 0x04;
  static final int ENDPOINT = 0x05;
  static final int SUPERSPEED_COMPANION = 0x30;
  static final int SUPERSPEED_PLUS_COMPANION = 0x31;

  private static final int HEADER = 2;

  private final byte[] blob;
  private final int offset;
  private final int length;

  private RawDescriptor(byte[] blob, int offset, int length) {
    this.blob = blob;
    this.offset = offset;
    this.length = length;
  }

  /** The descriptor at {@code offset}, which must end at {@code end} or before. */
  static RawDescriptor at(byte[] blob, int offset, int end) throws MalformedDescriptorsException {
    if (end - offset < HEADER) {
      throw new MalformedDescriptorsException(Reason.TRUNCATED, offset);
    }
    int length = blob[offset] & 0xFF;
    if (length < HEADER) {
      throw new MalformedDescriptorsException(Reason.LENGTH, offset);
    }
    if (length > end - offset) {
      throw new MalformedDescriptorsException(Reason.TRUNCATED, offset);
    }
    var descriptor = new RawDescriptor(blob, offset, length);
    if (length < shortest(descriptor.type())) {
      throw new MalformedDescriptorsException(Reason.LENGTH, offset);
    }
    return descriptor;
  }

  int type() {
    return u8(1);
  }

  int offset() {
    return offset;
  }

  int length() {
    return length;
  }

  int end() {
    return offset + length;
  }

  int u8(int index) {
    return blob[offset + index] & 0xFF;
  }

  int u16(int index) {
    return u8(index) | (u8(index + 1) << 8);
  }

  private static int shortest(int type) {
    return switch (type) {
      case DEVICE -> 18;
      case CONFIGURATION, INTERFACE -> 9;
      case ENDPOINT -> 7;
      default -> HEADER;
    };
  }
}
