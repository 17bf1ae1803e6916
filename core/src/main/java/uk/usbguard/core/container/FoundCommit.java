package uk.usbguard.core.container;

import java.util.List;
import uk.usbguard.core.format.CommitRecord;

/**
 * The commit that a container opens at.
 *
 * @param record what it says
 * @param identity how the next commit names it
 * @param newestSeen the highest generation there was any trace of
 * @param dropped generations that were seen but are not whole, newest first
 * @param lost those among them that somebody was told are safe: their root slot is confirmed
 * @param booksAnew whether the books of space are made anew, so that nothing is left to enter
 */
record FoundCommit(
    CommitRecord record,
    CommitRecord.Previous identity,
    long newestSeen,
    List<Long> dropped,
    List<Long> lost,
    boolean booksAnew) {

  /** A commit behind which there is nothing. */
  static FoundCommit first(CommitRecord record, CommitRecord.Previous identity) {
    return new FoundCommit(record, identity, record.generation(), List.of(), List.of(), false);
  }

  FoundCommit {
    dropped = List.copyOf(dropped);
    lost = List.copyOf(lost);
  }
}
