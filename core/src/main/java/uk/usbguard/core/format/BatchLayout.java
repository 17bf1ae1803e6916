package uk.usbguard.core.format;

/** Sizes of batches and records; docs/format.md sections 5 and 6. */
public final class BatchLayout {

  /** Batches start and end on multiples of this. */
  public static final int BLOCK = 4096;

  /** Length of the frame at either end of a batch. */
  public static final int FRAME = 128;

  /** No batch is longer. */
  public static final int MAX_BATCH = 16 * 1024 * 1024;

  /** Plaintext of one full extent. */
  public static final int EXTENT = 65_536;

  /** No record has more plaintext. */
  public static final int MAX_PLAIN = 65_536;

  /** What sealing adds: IV and tag. */
  public static final int SEAL = 28;

  /** A run names at most this many extents. */
  public static final int MAX_RUN = 255;

  /** A commit has at most this many batches besides its last. */
  public static final int MAX_OTHER_BATCHES = 4096;

  private BatchLayout() {}

  /** Sealed length of a record with so much plaintext. */
  public static int sealed(int plainLength) {
    return plainLength + SEAL;
  }

  /** Rounded up to whole blocks. */
  public static long blocks(long bytes) {
    return (bytes + BLOCK - 1) / BLOCK * BLOCK;
  }

  /** Sealed length of a trailer of so much plaintext, all chunks together. */
  public static long sealedTrailer(long plainLength) {
    long chunks = (plainLength + MAX_PLAIN - 1) / MAX_PLAIN;
    return plainLength + chunks * SEAL;
  }
}
