package uk.usbguard.core.extent;

/**
 * Contiguous space for one batch.
 *
 * @param position where it starts
 * @param capacityBytes the longest batch that fits
 * @param kind where it comes from
 */
public record Region(long position, int capacityBytes, Kind kind) {

  /** Where space comes from. */
  public enum Kind {
    /** Behind the end. */
    END,
    /** Was used before and waited long enough. */
    REUSED,
    /** Kept for deletions on a full medium. */
    RESERVE
  }
}
