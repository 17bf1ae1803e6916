package uk.usbguard.core.container;

import java.util.List;
import uk.usbguard.core.format.BatchPlace;
import uk.usbguard.core.format.CommitRecord;
import uk.usbguard.core.format.Trailer;

/**
 * A commit, and what the next one still has to enter into the books of space: a node cannot count
 * itself, so the books lag one commit behind.
 *
 * @param record the commit
 * @param identity how the next commit names it
 * @param batches its batches with the bytes in them that something refers to
 * @param freed what it no longer refers to
 * @param skipped what its writer passed over
 */
record CommittedState(
    CommitRecord record,
    CommitRecord.Previous identity,
    List<LiveBatch> batches,
    List<Trailer.Freed> freed,
    List<Trailer.Skipped> skipped) {

  /** A batch and how many bytes of it are data and nodes. */
  record LiveBatch(BatchPlace place, int liveBytes) {}

  CommittedState {
    batches = List.copyOf(batches);
    freed = List.copyOf(freed);
    skipped = List.copyOf(skipped);
  }
}
