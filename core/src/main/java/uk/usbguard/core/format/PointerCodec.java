package uk.usbguard.core.format;

import java.nio.ByteBuffer;
import uk.usbguard.core.error.DamagedContainerException;

/** Pointers as nodes and trailers hold them: the epoch is a number of an {@link EpochTable}. */
final class PointerCodec {

  private PointerCodec() {}

  static void writeNode(NodePointer pointer, ByteBuffer out, EpochTable epochs) {
    out.putShort((short) epochs.numberOf(pointer.epoch()))
        .putLong(pointer.sequence())
        .putLong(pointer.batch())
        .putInt(pointer.offset())
        .putInt(pointer.sealedLength());
    pointer.tag().writeTo(out);
  }

  static NodePointer readNode(FieldReader in, EpochTable epochs) throws DamagedContainerException {
    EpochSalt epoch = epochs.saltOf(in.readShort("epoch number"), in);
    long sequence = in.readLong("sequence number");
    long batch = in.readLong("batch position");
    int offset = in.readInt("offset", FormatLimits.FRAME_LENGTH, FormatLimits.MAXIMUM_BATCH_LENGTH);
    int length = in.readInt("sealed length", NodePointer.MIN_SEALED, NodePointer.MAX_SEALED);
    requirePlace(in, batch, offset, length);
    return new NodePointer(epoch, sequence, batch, offset, length, in.readTag());
  }

  static void writeData(DataPointer pointer, ByteBuffer out, EpochTable epochs) {
    out.putShort((short) epochs.numberOf(pointer.epoch()))
        .putLong(pointer.sequence())
        .putLong(pointer.batch())
        .putInt(pointer.offset())
        .putInt(pointer.plainLength());
  }

  static DataPointer readData(FieldReader in, EpochTable epochs) throws DamagedContainerException {
    EpochSalt epoch = epochs.saltOf(in.readShort("epoch number"), in);
    long sequence = in.readLong("sequence number");
    long batch = in.readLong("batch position");
    int offset = in.readInt("offset", FormatLimits.FRAME_LENGTH, FormatLimits.MAXIMUM_BATCH_LENGTH);
    int length = in.readInt("plaintext length", 1, FormatLimits.EXTENT);
    requirePlace(in, batch, offset, (long) length + FormatLimits.RECORD_OVERHEAD);
    return new DataPointer(epoch, sequence, batch, offset, length);
  }

  private static void requirePlace(FieldReader in, long batch, int offset, long length)
      throws DamagedContainerException {
    String problem = RecordPlace.problem(batch, offset, length);
    if (!problem.isEmpty()) {
      throw in.damaged(problem);
    }
  }
}
