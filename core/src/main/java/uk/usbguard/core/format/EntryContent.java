package uk.usbguard.core.format;

import java.util.Arrays;

/** Where the content of an entry is. The size of the entry follows from it. */
public sealed interface EntryContent {

  /** A folder, or a file without a byte. */
  EntryContent NONE = new None();

  /** Number of content bytes. */
  long size();

  /** Content that stands in the entry: 1 to 256 bytes, copied. */
  static EntryContent inline(byte[] bytes) {
    return new Inline(bytes.clone());
  }

  /** Content of one record. */
  static EntryContent oneRecord(DataPointer record) {
    return new OneRecord(record);
  }

  /** Content that the extent runs of the file's id lead to. */
  static EntryContent extents(long size) {
    return new Extents(size);
  }

  /** No content. */
  record None() implements EntryContent {
    @Override
    public long size() {
      return 0;
    }
  }

  /** Content that stands in the entry. */
  final class Inline implements EntryContent {

    private final byte[] bytes;

    Inline(byte[] bytes) {
      if (bytes.length < 1 || bytes.length > IndexLimits.INLINE) {
        throw new IllegalArgumentException("inline content of " + bytes.length + " bytes");
      }
      this.bytes = bytes;
    }

    @Override
    public long size() {
      return bytes.length;
    }

    /** A copy of the content. */
    public byte[] toBytes() {
      return bytes.clone();
    }

    byte[] bytes() {
      return bytes;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Inline that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return "Inline[" + bytes.length + " bytes]";
    }
  }

  /**
   * Content of one record.
   *
   * @param record the record; its plaintext is the whole content
   */
  record OneRecord(DataPointer record) implements EntryContent {
    @Override
    public long size() {
      return record.plainLength();
    }
  }

  /**
   * Content that the extent runs of the file's id lead to.
   *
   * @param size number of content bytes, at least 1; what no run covers is zero
   */
  record Extents(long size) implements EntryContent {
    /** Refuses a size of nothing. */
    public Extents {
      if (size < 1) {
        throw new IllegalArgumentException("size " + size);
      }
    }
  }
}
