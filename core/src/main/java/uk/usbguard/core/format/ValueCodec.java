package uk.usbguard.core.format;

import java.nio.ByteBuffer;
import uk.usbguard.core.error.DamagedContainerException;

/** Values as nodes and trailers hold them, with length in front; the key says which kind it is. */
final class ValueCodec {

  private ValueCodec() {}

  /** Writes length and value. */
  static void write(Value value, ByteBuffer out, EpochTable epochs) {
    int lengthAt = out.position();
    out.putShort((short) 0);
    if (value instanceof DirectoryEntry entry) {
      EntryCodec.write(entry, out, epochs);
    } else if (value instanceof ExtentRun run) {
      PointerCodec.writeData(run.first(), out, epochs);
      out.putInt(run.count());
    } else if (value instanceof BatchUse use) {
      out.putInt(use.length()).putInt(use.liveBytes()).putLong(use.generation());
    } else if (value instanceof FreeRun run) {
      out.putInt((int) run.length()).putLong(run.freedIn()).putLong(run.writtenWhenFreed());
    } else if (value instanceof Orphan orphan) {
      out.put((byte) orphan.object().code());
    }
    out.putShort(lengthAt, (short) (out.position() - lengthAt - Short.BYTES));
  }

  /** Reads length and value; the value has to take all of the length. */
  static Value read(Key key, FieldReader in, EpochTable epochs) throws DamagedContainerException {
    int length = in.readShort("value length");
    if (length > IndexLimits.VALUE) {
      throw in.damaged("value of " + length + " bytes");
    }
    int left = in.remaining() - length;
    Value value =
        switch (key.kind()) {
          case ENTRY -> EntryCodec.read(in, epochs);
          case EXTENT -> readRun(in, epochs);
          case BATCH -> readBatchUse(in);
          case FREE -> readFreeRun(in);
          case ORPHAN -> new Orphan(ObjectKind.read(in));
        };
    if (in.remaining() != left) {
      throw in.damaged("value of " + (length + left - in.remaining()) + " bytes in " + length);
    }
    return value;
  }

  private static ExtentRun readRun(FieldReader in, EpochTable epochs)
      throws DamagedContainerException {
    DataPointer first = PointerCodec.readData(in, epochs);
    int count = in.readInt("records", 1, IndexLimits.RUN);
    requireNone(ExtentRun.problem(first, count), in);
    return new ExtentRun(first, count);
  }

  private static BatchUse readBatchUse(FieldReader in) throws DamagedContainerException {
    int length = in.readInt("batch length", FormatLimits.BLOCK, FormatLimits.MAXIMUM_BATCH_LENGTH);
    int live = in.readInt("live bytes", 0, length);
    requireNone(BatchUse.problem(length, live), in);
    return new BatchUse(length, live, in.readLong("generation"));
  }

  private static FreeRun readFreeRun(FieldReader in) throws DamagedContainerException {
    long length = in.readUnsignedInt("free length");
    if (length == 0) {
      throw in.damaged("free run of nothing");
    }
    return new FreeRun(length, in.readLong("freed in"), in.readLong("written when freed"));
  }

  private static void requireNone(String problem, FieldReader in) throws DamagedContainerException {
    if (!problem.isEmpty()) {
      throw in.damaged(problem);
    }
  }
}
