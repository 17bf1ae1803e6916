package uk.usbguard.core.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.extent.BatchScan;
import uk.usbguard.core.format.CommitRecord;
import uk.usbguard.core.format.DirectoryEntry;
import uk.usbguard.core.format.Frame;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.RootSlot;
import uk.usbguard.core.format.SegmentHeader;
import uk.usbguard.core.format.Trailer;
import uk.usbguard.core.io.SegmentedFile;

/**
 * What is there of a container, whatever its ring and its index say: root slots, headers of
 * segments, and every batch that a look at all blocks finds.
 */
final class Survey {

  private final Storage storage;
  private final CommitFinder finder;
  private final List<RootSlot> slots;
  private final List<Integer> emptyRings;
  private final List<Integer> badHeaders = new ArrayList<>();
  private final TreeMap<Long, BatchScan.Batch> batches = new TreeMap<>();
  private final FoundCommit start;
  private final boolean opensThere;

  private Survey(
      Storage storage,
      int segments,
      List<Integer> missing,
      int segmentMib,
      ProgressListener progress)
      throws IOException, DamagedContainerException {
    this.storage = storage;
    this.finder = new CommitFinder(storage.file(), storage.records(), storage.batches());
    this.slots = new ArrayList<>(storage.areas().readRoots(storage.records()));
    this.emptyRings = storage.areas().emptyRings(storage.records());
    look(segments, progress);
    judgeHeaders(segments, missing, segmentMib);
    this.start = begin();
    this.opensThere = opens() == start.record().generation();
  }

  private void look(int segments, ProgressListener progress) throws IOException {
    long total = storage.file().totalBytes();
    LongConsumer looked =
        new LongConsumer() {
          private long soFar;

          @Override
          public void accept(long bytes) {
            soFar += bytes;
            progress.advanced(soFar, total);
          }
        };
    for (BatchScan.Batch batch :
        BatchScan.scan(storage.file(), storage.batches(), segments, looked)) {
      batches.put(batch.frame().position(), batch);
    }
  }

  /** The generation that the container opens at without this look, 0 if it does not open. */
  private long opens() throws IOException {
    try {
      return finder.find(slots).record().generation();
    } catch (DamagedContainerException e) {
      return 0;
    }
  }

  /** Looks at every block of a container; whoever hears of the progress may end it. */
  static Survey of(
      Storage storage,
      int segments,
      List<Integer> missing,
      int segmentMib,
      ProgressListener progress)
      throws IOException, DamagedContainerException {
    return new Survey(storage, segments, missing, segmentMib, progress);
  }

  /** The header that a segment has to have. */
  static byte[] header(Storage storage, int number, int segmentMib) {
    return new SegmentHeader(storage.records().container(), number, segmentMib).encode();
  }

  private void judgeHeaders(int segments, List<Integer> missing, int segmentMib)
      throws IOException {
    for (int number = 1; number < segments; number++) {
      byte[] there = new byte[SegmentHeader.LENGTH];
      storage.file().readUpTo(SegmentedFile.position(number, 0), there, 0, there.length);
      if (!missing.contains(number) && !Arrays.equals(there, header(storage, number, segmentMib))) {
        badHeaders.add(number);
      }
    }
  }

  private FoundCommit begin() throws IOException, DamagedContainerException {
    List<RootSlot> all = new ArrayList<>(slots);
    for (BatchScan.Batch batch : batches.values()) {
      if (batch.frame().endsCommit()) {
        slotOf(batch.frame()).ifPresent(all::add);
      }
    }
    all.sort(Comparator.comparingLong(RootSlot::generation).reversed());
    FoundCommit found = finder.findForRepair(all);
    CommitRecord record = found.record();
    long highest = found.newestSeen();
    long end = record.end();
    long written = record.bytesWritten();
    long nextId = record.nextObjectId();
    for (BatchScan.Batch batch : batches.values()) {
      highest = Math.max(highest, batch.frame().generation());
      if (batch.frame().generation() > record.generation()) {
        end = Math.max(end, batch.end()); // nothing that still verifies is written over
        written += batch.frame().length();
      }
      nextId = Math.max(nextId, highestId(batch.trailer()) + 1);
    }
    return new FoundCommit(
        with(record, end, written, nextId),
        found.identity(),
        highest,
        found.dropped(),
        found.lost(),
        true);
  }

  /** A hint as a root slot would give it; that the commit is wholly there it does not say. */
  private Optional<RootSlot> slotOf(Frame frame) throws IOException {
    try {
      CommitRecord.Previous identity = finder.identity(frame);
      return Optional.of(
          new RootSlot(
              frame.generation(),
              frame.position(),
              frame.length(),
              frame.commitOffset(),
              frame.commitLength(),
              frame.epoch(),
              frame.commitSequence(),
              identity.tag(),
              false));
    } catch (DamagedContainerException e) {
      return Optional.empty(); // cut off
    }
  }

  private static long highestId(Trailer trailer) {
    long highest = 1;
    for (Trailer.Content content : trailer.contents()) {
      highest = Math.max(highest, content.name().objectId());
    }
    for (Trailer.Change change : trailer.changes()) {
      if (change.key().kind() != Key.Kind.ENTRY) {
        highest = Math.max(highest, change.key().id());
      } else if (change.value().orElse(null) instanceof DirectoryEntry e) {
        highest = Math.max(highest, e.objectId());
      }
    }
    return highest;
  }

  private static CommitRecord with(CommitRecord r, long end, long written, long nextId) {
    return new CommitRecord(
        r.generation(),
        r.previous(),
        r.clean(),
        r.previousClean(),
        r.timeMillis(),
        r.root(),
        end,
        nextId,
        r.files(),
        r.folders(),
        r.payloadBytes(),
        written,
        0,
        r.others());
  }

  Storage storage() {
    return storage;
  }

  /** Reads commits and what was before them. */
  CommitFinder finder() {
    return finder;
  }

  /** The root slots that open, newest first. */
  List<RootSlot> slots() {
    return slots;
  }

  /** Areas of whose ring no slot opens. */
  List<Integer> emptyRings() {
    return emptyRings;
  }

  /** Segments whose header is not as it has to be. */
  List<Integer> badHeaders() {
    return badHeaders;
  }

  /** Every batch that was found, by its position. */
  Map<Long, BatchScan.Batch> batches() {
    return batches;
  }

  /** Whether the container opens at the same commit as the repair starts from. */
  boolean opensThere() {
    return opensThere;
  }

  /** Where the repair starts. */
  FoundCommit start() {
    return start;
  }

  /** The trailer of a commit's last batch, if it opens. */
  Optional<Trailer> trailer(CommitRecord.Previous identity) {
    return Optional.ofNullable(batches.get(identity.place().position()))
        .filter(b -> b.frame().epoch().equals(identity.epoch()))
        .filter(b -> b.frame().commitSequence() == identity.sequence())
        .map(BatchScan.Batch::trailer);
  }

  /** Generation of the commit that wrote the batch at a position, as far as that is known. */
  Optional<Long> generationOf(long position) {
    return Optional.ofNullable(batches.get(position)).map(b -> b.frame().generation());
  }
}
