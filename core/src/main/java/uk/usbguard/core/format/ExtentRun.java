package uk.usbguard.core.format;

import java.util.Optional;

/**
 * Records of one file that follow each other in a batch and in sequence numbers.
 *
 * @param first pointer to the first record, but with the plaintext length of the last
 * @param count number of records, 1 to 255
 */
public record ExtentRun(DataPointer first, int count) implements Value {

  static final int ENCODED_LENGTH = DataPointer.ENCODED_LENGTH + 4;

  private static final long STRIDE = FormatLimits.EXTENT + (long) FormatLimits.RECORD_OVERHEAD;

  /** Refuses a run that does not fit into a batch. */
  public ExtentRun {
    String problem = problem(first, count);
    if (!problem.isEmpty()) {
      throw new IllegalArgumentException(problem);
    }
  }

  /** What is wrong with such a run, or the empty string. */
  static String problem(DataPointer first, long count) {
    if (count < 1 || count > IndexLimits.RUN) {
      return "run of " + count + " records";
    }
    return RecordPlace.problem(
        first.batch(), first.offset(), (count - 1) * STRIDE + first.sealedLength());
  }

  /** Pointer to one record of the run, 0 being the first. */
  public DataPointer record(int i) {
    if (i < 0 || i >= count) {
      throw new IndexOutOfBoundsException(i);
    }
    return new DataPointer(
        first.epoch(),
        first.sequence() + i,
        first.batch(),
        Math.toIntExact(first.offset() + i * STRIDE),
        i == count - 1 ? first.plainLength() : FormatLimits.EXTENT);
  }

  /** Bytes of plaintext of all records. */
  public long plainLength() {
    return (count - 1L) * FormatLimits.EXTENT + first.plainLength();
  }

  /** Bytes of all sealed records. */
  public long sealedLength() {
    return (count - 1L) * STRIDE + first.sealedLength();
  }

  @Override
  public Key.Kind keyKind() {
    return Key.Kind.EXTENT;
  }

  @Override
  public int encodedLength() {
    return ENCODED_LENGTH;
  }

  @Override
  public Optional<EpochSalt> epoch() {
    return Optional.of(first.epoch());
  }
}
