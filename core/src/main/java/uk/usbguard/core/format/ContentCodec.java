package uk.usbguard.core.format;

import java.nio.ByteBuffer;
import uk.usbguard.core.error.DamagedContainerException;

/** The content of a directory entry: a code and a size before the name, the rest behind it. */
final class ContentCodec {

  private static final int NONE = 0;
  private static final int INLINE = 1;
  private static final int ONE_RECORD = 2;
  private static final int EXTENTS = 3;

  private ContentCodec() {}

  static int code(EntryContent content) {
    if (content instanceof EntryContent.Inline) {
      return INLINE;
    }
    if (content instanceof EntryContent.OneRecord) {
      return ONE_RECORD;
    }
    return content instanceof EntryContent.Extents ? EXTENTS : NONE;
  }

  /** Bytes behind the name. */
  static int encodedLength(EntryContent content) {
    if (content instanceof EntryContent.Inline inline) {
      return 2 + inline.bytes().length;
    }
    return content instanceof EntryContent.OneRecord ? DataPointer.ENCODED_LENGTH : 0;
  }

  static void write(EntryContent content, ByteBuffer out, EpochTable epochs) {
    if (content instanceof EntryContent.Inline inline) {
      out.putShort((short) inline.bytes().length).put(inline.bytes());
    } else if (content instanceof EntryContent.OneRecord one) {
      PointerCodec.writeData(one.record(), out, epochs);
    }
  }

  /** Reads what stands behind the name; the size has to be the one the content has. */
  static EntryContent read(int code, long size, FieldReader in, EpochTable epochs)
      throws DamagedContainerException {
    EntryContent content =
        switch (code) {
          case NONE -> EntryContent.NONE;
          case INLINE -> readInline(in);
          case ONE_RECORD -> EntryContent.oneRecord(PointerCodec.readData(in, epochs));
          case EXTENTS -> readExtents(size, in);
          default -> throw in.damaged("content " + code);
        };
    if (content.size() != size) {
      throw in.damaged("size " + size + " with content of " + content.size());
    }
    return content;
  }

  private static EntryContent readInline(FieldReader in) throws DamagedContainerException {
    int length = in.readShort("inline length");
    if (length < 1 || length > IndexLimits.INLINE) {
      throw in.damaged("inline content of " + length + " bytes");
    }
    return new EntryContent.Inline(in.readBytes(length, "inline content"));
  }

  private static EntryContent readExtents(long size, FieldReader in)
      throws DamagedContainerException {
    if (size < 1) {
      throw in.damaged("extents for a size of " + size);
    }
    return EntryContent.extents(size);
  }
}
