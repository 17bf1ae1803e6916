package uk.usbguard.core.format;

/** Checks that a record lies where records can lie. */
final class RecordPlace {

  private RecordPlace() {}

  /** What is wrong with the place of {@code length} sealed bytes, or nothing: the empty string. */
  static String problem(long batch, int offset, long length) {
    if (batch % IndexLimits.BLOCK != 0 || batch >>> 32 > IndexLimits.LAST_SEGMENT) {
      return "batch at " + batch;
    }
    if (offset < IndexLimits.FRAME
        || offset + length > IndexLimits.BATCH - (long) IndexLimits.FRAME) {
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
