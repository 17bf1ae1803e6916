package uk.usbguard.core.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;

/** The first block of every segment but segment 0: whose it is and which. */
public record SegmentHeader(ContainerId container, int number, int segmentMib) {

  /** Length of the header in the segment. */
  public static final int LENGTH = BatchLayout.BLOCK;

  private static final byte[] MAGIC = "UGCSEGMT".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int NUMBER_AT = 12;
  private static final int CONTAINER_AT = 16;
  private static final int CRC_AT = 124;

  /** The header's 4,096 bytes. */
  public byte[] encode() {
    ByteBuffer b = ByteBuffer.allocate(LENGTH);
    b.put(MAGIC).putShort((short) VERSION).putShort((short) 0).putInt(number);
    container.writeTo(b);
    b.putInt(segmentMib);
    b.putInt(CRC_AT, crc(b.array()));
    return b.array();
  }

  /** Reads a header, or nothing if these bytes are none: what is unused has to be zero. */
  public static Optional<SegmentHeader> read(byte[] bytes) {
    ByteBuffer b = ByteBuffer.wrap(bytes);
    int number = b.getInt(NUMBER_AT);
    ContainerId container = ContainerId.readFrom(b.position(CONTAINER_AT));
    SegmentHeader header = new SegmentHeader(container, number, b.getInt());
    return Arrays.equals(header.encode(), bytes) ? Optional.of(header) : Optional.empty();
  }

  private static int crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, CRC_AT);
    return (int) crc.getValue();
  }
}
