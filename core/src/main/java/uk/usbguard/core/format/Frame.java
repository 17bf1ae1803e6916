package uk.usbguard.core.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The two ends of a batch, readable without a key: where it lies and where to find what. Nothing is
 * believed because a frame says so; what it points to has to verify.
 */
public record Frame(
    ContainerId container,
    EpochSalt epoch,
    long generation,
    long position,
    int length,
    int trailerOffset,
    int trailerLength,
    long trailerSequence,
    int commitOffset,
    int commitLength,
    long commitSequence) {

  private static final byte[] MAGIC = "UGCBATCH".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int CRC_AT = BatchLayout.FRAME - 4;

  /** True if this batch ends its commit. */
  public boolean endsCommit() {
    return commitOffset != 0;
  }

  /** Writes the frame's 128 bytes. */
  public void writeTo(byte[] target, int offset) {
    ByteBuffer b = ByteBuffer.wrap(target, offset, BatchLayout.FRAME).slice();
    b.put(MAGIC).putShort((short) VERSION).putShort((short) 0).putInt(length);
    container.writeTo(b);
    epoch.writeTo(b);
    b.putLong(generation).putLong(position);
    b.putInt(trailerOffset).putInt(trailerLength).putLong(trailerSequence);
    b.putInt(commitOffset).putInt(commitLength).putLong(commitSequence);
    while (b.position() < CRC_AT) {
      b.put((byte) 0);
    }
    b.putInt(crc(target, offset));
  }

  /** Reads a frame, or nothing if these bytes are none or claim what cannot be. */
  public static Optional<Frame> read(byte[] bytes, int offset) {
    ByteBuffer b = ByteBuffer.wrap(bytes, offset, BatchLayout.FRAME).slice();
    byte[] magic = new byte[MAGIC.length];
    b.get(magic);
    if (!Arrays.equals(magic, MAGIC)
        || b.getShort() != VERSION
        || b.getShort() != 0
        || !unusedIsZero(b)
        || crc(bytes, offset) != b.getInt(CRC_AT)) {
      return Optional.empty();
    }
    int length = b.getInt();
    ContainerId container = ContainerId.readFrom(b);
    EpochSalt epoch = EpochSalt.readFrom(b);
    Frame frame =
        new Frame(
            container,
            epoch,
            b.getLong(),
            b.getLong(),
            length,
            b.getInt(),
            b.getInt(),
            b.getLong(),
            b.getInt(),
            b.getInt(),
            b.getLong());
    return frame.possible() ? Optional.of(frame) : Optional.empty();
  }

  private static boolean unusedIsZero(ByteBuffer b) {
    return b.getLong(CRC_AT - 12) == 0 && b.getInt(CRC_AT - 4) == 0;
  }

  private boolean possible() {
    long end = length - (long) BatchLayout.FRAME;
    return generation > 0
        && length >= BatchLayout.BLOCK
        && length <= BatchLayout.MAX_BATCH
        && length % BatchLayout.BLOCK == 0
        && trailerOffset >= BatchLayout.FRAME
        && trailerLength >= Trailer.SHORTEST
        && trailerOffset + BatchLayout.sealedTrailer(trailerLength) <= end
        && (commitOffset == 0
            || (commitOffset == trailerOffset + BatchLayout.sealedTrailer(trailerLength)
                && RootSlot.isCommitLength(commitLength)
                && (long) commitOffset + commitLength <= end));
  }

  private static int crc(byte[] bytes, int offset) {
    CRC32 crc = new CRC32();
    crc.update(bytes, offset, CRC_AT);
    return (int) crc.getValue();
  }
}
