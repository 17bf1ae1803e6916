package uk.usbguard.core.extent;

import java.util.List;
import uk.usbguard.core.format.Trailer;

/**
 * Contiguous space for one batch.
 *
 * @param position where it starts
 * @param capacityBytes the longest batch that fits
 * @param kind where it comes from
 */
public record Region(long position, int capacityBytes, Kind kind) {

  /** What a batch of {@code length} leaves over of space that was taken out of the books. */
  public List<Trailer.Skipped> leftOver(int length) {
    return kind == Kind.END
        ? List.of()
        : List.of(new Trailer.Skipped(position + length, capacityBytes - (long) length));
  }

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
