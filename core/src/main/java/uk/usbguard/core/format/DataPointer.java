package uk.usbguard.core.format;

/**
 * Where a data record lies, and which one it has to be: epoch and sequence number name one
 * ciphertext.
 *
 * @param epoch the epoch in which it was sealed
 * @param sequence its number in that epoch, unsigned
 * @param batch position of the batch that holds it
 * @param offset of the sealed record in the batch
 * @param plainLength length of its plaintext, 1 to 65,536
 */
public record DataPointer(EpochSalt epoch, long sequence, long batch, int offset, int plainLength) {

  /** Length in a value. */
  public static final int ENCODED_LENGTH = 26;

  /** Refuses a place where no record can be. */
  public DataPointer {
    if (plainLength < 1 || plainLength > FormatLimits.EXTENT) {
      throw new IllegalArgumentException("plainLength " + plainLength);
    }
    RecordPlace.require(batch, offset, (long) plainLength + FormatLimits.RECORD_OVERHEAD);
  }

  /** Position of the record itself. */
  public long position() {
    return batch + offset;
  }

  /** Length of the sealed record. */
  public int sealedLength() {
    return plainLength + FormatLimits.RECORD_OVERHEAD;
  }
}
