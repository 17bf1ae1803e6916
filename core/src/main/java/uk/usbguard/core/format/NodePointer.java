package uk.usbguard.core.format;

/**
 * Where a node of the index lies, and which one it has to be: epoch and sequence number name one
 * ciphertext, the tag pins its content.
 *
 * @param epoch the epoch in which it was sealed
 * @param sequence its number in that epoch, unsigned
 * @param batch position of the batch that holds it
 * @param offset of the sealed record in the batch
 * @param sealedLength length of the sealed record
 * @param tag the record's authentication tag
 */
public record NodePointer(
    EpochSalt epoch, long sequence, long batch, int offset, int sealedLength, Tag tag) {

  /** Length in an inner node. */
  public static final int ENCODED_LENGTH = 42;

  /** Length of the smallest sealed node: a header and nothing else. */
  static final int MIN_SEALED = IndexLimits.NODE_HEADER + FormatLimits.RECORD_OVERHEAD;

  /** Length of the largest sealed node. */
  static final int MAX_SEALED = IndexLimits.NODE + FormatLimits.RECORD_OVERHEAD;

  /** Refuses a place where no node can be. */
  public NodePointer {
    if (sealedLength < MIN_SEALED || sealedLength > MAX_SEALED) {
      throw new IllegalArgumentException("sealedLength " + sealedLength);
    }
    RecordPlace.require(batch, offset, sealedLength);
  }

  /** Position of the record itself. */
  public long position() {
    return batch + offset;
  }

  /** Length of the node's plaintext. */
  public int plainLength() {
    return sealedLength - FormatLimits.RECORD_OVERHEAD;
  }
}
