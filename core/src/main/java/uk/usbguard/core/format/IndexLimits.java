package uk.usbguard.core.format;

/** Sizes and caps of section 7 of the format, the index. */
public final class IndexLimits {

  /** Most bytes of a node's plaintext. */
  public static final int NODE = 16_384;

  /** Bytes before a node's epoch salts. */
  public static final int NODE_HEADER = 8;

  /** Most bytes of a key. */
  public static final int KEY = 1_600;

  /** Most bytes of a value. */
  public static final int VALUE = 1_600;

  /** Most bytes of a name in UTF-8. */
  public static final int NAME = 1_024;

  /** Most bytes of a folded name in UTF-8. */
  public static final int FOLDED_NAME = 1_536;

  /** Most bytes that stand in a directory entry. */
  public static final int INLINE = 256;

  /** Most records of one run. */
  public static final int RUN = 255;

  /** Highest level of a node: 255 in a commit record says that there is none. */
  public static final int LEVEL = 254;

  /** Bytes of plaintext in a full record. */
  static final int EXTENT = 65_536;

  /** Bytes that sealing adds: IV and tag. */
  static final int SEAL = 28;

  /** Bytes of a frame, at both ends of a batch. */
  static final int FRAME = 128;

  /** Batches start at multiples of this and are multiples of this long. */
  static final int BLOCK = 4_096;

  /** Most bytes of a batch. */
  static final int BATCH = 16 * 1_024 * 1_024;

  /** Number of the last segment a container can have. */
  static final int LAST_SEGMENT = 999;

  private IndexLimits() {}
}
