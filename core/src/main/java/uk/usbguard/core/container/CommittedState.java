package uk.usbguard.core.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.extent.BatchReader;
import uk.usbguard.core.extent.FinishedBatch;
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

  /** What the next writer has to enter into the books, read from the trailers of a commit. */
  static CommittedState read(FoundCommit found, BatchReader batches) throws IOException {
    List<LiveBatch> live = new ArrayList<>();
    if (found.booksAnew()) {
      return new CommittedState(found.record(), found.identity(), live, List.of(), List.of());
    }
    for (BatchPlace other : found.record().others()) {
      live.add(live(other, trailer(other, found.record(), batches)));
    }
    BatchPlace place = found.identity().place();
    Optional<Trailer> last = trailer(place, found.record(), batches);
    live.add(live(place, last));
    return new CommittedState(
        found.record(),
        found.identity(),
        live,
        last.map(Trailer::freed).orElse(List.of()),
        last.map(Trailer::skipped).orElse(List.of()));
  }

  /** A batch whose trailer is damaged counts as full: some space is lost for good, nothing else. */
  private static LiveBatch live(BatchPlace place, Optional<Trailer> trailer) {
    return new LiveBatch(place, trailer.map(FinishedBatch::liveBytes).orElse(place.length()));
  }

  private static Optional<Trailer> trailer(
      BatchPlace place, CommitRecord commit, BatchReader batches) throws IOException {
    try {
      return Optional.of(batches.trailer(batches.frame(place, commit.generation())));
    } catch (DamagedContainerException e) {
      return Optional.empty();
    }
  }
}
