package uk.usbguard.core.format;

/** Sizes and caps of the index: section 7 of docs/format.md. */
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

  private IndexLimits() {}
}
