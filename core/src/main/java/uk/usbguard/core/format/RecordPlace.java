package uk.usbguard.core.format;

/** Checks that a record lies where records can lie. */
final class RecordPlace {

  private RecordPlace() {}

  /** What is wrong with the place of {@code length} sealed bytes, or nothing: the empty string. */
  static String problem(long batch, int offset, long length) {
    if (batch % FormatLimits.BLOCK != 0 || batch >>> 32 >= FormatLimits.MAXIMUM_SEGMENTS) {
      return "batch at " + batch;
    }
    if (offset < FormatLimits.FRAME_LENGTH
        || offset + length > FormatLimits.MAXIMUM_BATCH_LENGTH - (long) FormatLimits.FRAME_LENGTH) {
      return length + " sealed bytes at offset " + offset;
    }
    return "";
  }

  /** Refuses a wrong place as the caller's bug. */
  static void require(long batch, int offset, long length) {
    String problem = problem(batch, offset, length);
    if (!problem.isEmpty()) {
      throw new IllegalArgumentException(problem);
    }
  }
}
