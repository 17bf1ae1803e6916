package uk.usbguard.core.format;

/** Sizes of batches and records; docs/format.md sections 5 and 6. */
public final class BatchLayout {

  /** Batches start and end on multiples of this. */
  public static final int BLOCK = FormatLimits.BLOCK;

  /** Length of the frame at either end of a batch. */
  public static final int FRAME = FormatLimits.FRAME_LENGTH;

  /** No batch is longer. */
  public static final int MAX_BATCH = FormatLimits.MAXIMUM_BATCH_LENGTH;

  /** Plaintext of one full extent. */
  public static final int EXTENT = FormatLimits.EXTENT;

  /** No record has more plaintext. */
  public static final int MAX_PLAIN = FormatLimits.EXTENT;

  /** What sealing adds: IV and tag. */
  public static final int SEAL = FormatLimits.RECORD_OVERHEAD;

  /** A run names at most this many extents. */
  public static final int MAX_RUN = 255;

  /** A commit has at most this many batches besides its last. */
  public static final int MAX_OTHER_BATCHES = FormatLimits.MAXIMUM_BATCHES_PER_COMMIT;

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
