package uk.usbguard.core.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.DamagedContainerException.Part;
import uk.usbguard.core.extent.BatchReader;
import uk.usbguard.core.format.BatchPlace;
import uk.usbguard.core.format.CommitRecord;
import uk.usbguard.core.format.Frame;
import uk.usbguard.core.format.NodeCodec;
import uk.usbguard.core.format.RootSlot;
import uk.usbguard.core.format.Tag;
import uk.usbguard.core.io.SegmentedFile;
import uk.usbguard.core.record.Records;

/**
 * Decides which state of the container is real: by verification, not by the order in which things
 * were written, because sticks lie about that. docs/format.md, section 8, "Opening".
 */
final class CommitFinder {

  /** Generations that an interrupted session is verified back over. */
  static final int WINDOW_COMMITS = 32;

  /** Bytes that an interrupted session is verified back over. */
  static final long WINDOW_BYTES = 64L << 20;

  private static final int MOST_STEPS = 32;

  private final SegmentedFile file;
  private final Records records;
  private final BatchReader reader;

  CommitFinder(SegmentedFile file, Records records, BatchReader reader) {
    this.file = file;
    this.records = records;
    this.reader = reader;
  }

  /** A commit record that verified, and which one it is. */
  private record Candidate(CommitRecord record, CommitRecord.Previous identity) {}

  /** Says whether a commit is the one to open at. */
  @FunctionalInterface
  private interface Judge {
    boolean accepts(Candidate one, CommitRecord newest, Set<CommitRecord.Previous> confirmed)
        throws IOException;
  }

  /**
   * The newest commit that is whole. Slots are looked at from the newest on, and no further than
   * needed: on a slow stick every look costs as much as writing a letter.
   *
   * @param slots all root slots that open, newest first
   */
  FoundCommit find(List<RootSlot> slots) throws IOException, DamagedContainerException {
    return find(slots, this::isWhole)
        .orElseThrow(() -> new DamagedContainerException(Part.ROOT, -1, "no commit verifies"));
  }

  /**
   * The commit that a repair starts from: the one that opens, or a newer one that somebody was told
   * is safe though nodes of it cannot be read; if there is neither, the newest whose record opens.
   */
  FoundCommit findForRepair(List<RootSlot> slots) throws IOException, DamagedContainerException {
    Judge either =
        (one, newest, confirmed) -> isKnown(one, confirmed) || isWhole(one, newest, confirmed);
    Optional<FoundCommit> found = find(slots, either);
    if (found.isEmpty()) {
      found = find(slots, (one, newest, confirmed) -> true);
    }
    return found.orElseThrow(
        () -> new DamagedContainerException(Part.ROOT, -1, "no commit record is left"));
  }

  private Optional<FoundCommit> find(List<RootSlot> slots, Judge judge) throws IOException {
    NavigableSet<Long> dropped = new TreeSet<>();
    NavigableSet<Long> lost = new TreeSet<>();
    Set<Candidate> seen = new LinkedHashSet<>();
    Set<CommitRecord.Previous> confirmed = new HashSet<>();
    for (RootSlot slot : slots) {
      if (slot.confirmed()) {
        confirmed.add(identity(slot));
      }
    }
    for (RootSlot slot : slots) {
      Optional<Candidate> candidate = candidate(slot);
      if (candidate.isEmpty()) {
        dropped.add(slot.generation());
        if (slot.confirmed()) {
          lost.add(slot.generation());
        }
        continue;
      }
      for (Candidate one : chase(candidate.get(), seen, confirmed)) {
        if (judge.accepts(one, newest(seen), confirmed)) {
          long generation = one.record().generation();
          return Optional.of(
              new FoundCommit(
                  one.record(),
                  one.identity(),
                  Math.max(slots.get(0).generation(), newest(seen).generation()),
                  List.copyOf(dropped.tailSet(generation, false).descendingSet()),
                  List.copyOf(lost.tailSet(generation, false).descendingSet()),
                  false));
        }
        dropped.add(one.record().generation());
        if (isKnown(one, confirmed)) {
          lost.add(one.record().generation());
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isKnown(Candidate one, Set<CommitRecord.Previous> confirmed) {
    return one.record().clean() && confirmed.contains(one.identity());
  }

  private static CommitRecord newest(Set<Candidate> seen) {
    return Collections.max(seen, Comparator.comparingLong((Candidate c) -> c.record().generation()))
        .record();
  }

  private static CommitRecord.Previous identity(RootSlot slot) {
    return new CommitRecord.Previous(
        new BatchPlace(slot.batch(), slot.batchLength()),
        slot.epoch(),
        slot.commitSequence(),
        slot.commitTag());
  }

  private Optional<Candidate> candidate(RootSlot slot) throws IOException {
    BatchPlace place = new BatchPlace(slot.batch(), slot.batchLength());
    if (!reader.admits(place)) {
      return Optional.empty();
    }
    try {
      CommitRecord record =
          reader.commit(
              slot.epoch(),
              slot.commitSequence(),
              slot.generation(),
              slot.batch() + slot.commitOffset(),
              slot.commitLength(),
              Optional.of(slot.commitTag()));
      return Optional.of(new Candidate(record, identity(slot)));
    } catch (DamagedContainerException e) {
      return Optional.empty();
    }
  }

  /**
   * A commit and those behind it whose root slots were lost though they were not, newest first;
   * none that was seen before.
   */
  private List<Candidate> chase(
      Candidate from, Set<Candidate> seen, Set<CommitRecord.Previous> confirmed)
      throws IOException {
    List<Candidate> found = new ArrayList<>();
    Candidate last = from;
    for (int step = 0; seen.add(last) && step < MOST_STEPS; step++) {
      found.add(0, last);
      if (last.record().previousClean()) {
        last.record().previous().ifPresent(confirmed::add);
      }
      Optional<Candidate> next = successor(last);
      if (next.isEmpty()) {
        break;
      }
      last = next.get();
    }
    return found;
  }

  private Optional<Candidate> successor(Candidate of) throws IOException {
    if (of.record().nextBatch() == 0) {
      return Optional.empty();
    }
    Optional<Frame> frame = reader.frameAt(of.record().nextBatch());
    if (frame.isEmpty()
        || frame.get().position() != of.record().nextBatch()
        || !frame.get().endsCommit()) {
      return Optional.empty();
    }
    try {
      CommitRecord record = reader.commit(frame.get());
      boolean follows =
          record.previous().filter(of.identity()::equals).isPresent()
              && record.generation() > of.record().generation();
      return follows ? Optional.of(new Candidate(record, identity(frame.get()))) : Optional.empty();
    } catch (DamagedContainerException e) {
      return Optional.empty();
    }
  }

  /** How the next commit names the one that a batch ends. */
  CommitRecord.Previous identity(Frame frame) throws IOException, DamagedContainerException {
    byte[] tag = new byte[Tag.LENGTH];
    long end = frame.position() + frame.commitOffset() + frame.commitLength();
    file.read(end - tag.length, tag, 0, tag.length);
    return new CommitRecord.Previous(
        new BatchPlace(frame.position(), frame.length()),
        frame.epoch(),
        frame.commitSequence(),
        Tag.of(tag));
  }

  private boolean isWhole(
      Candidate candidate, CommitRecord newest, Set<CommitRecord.Previous> confirmed)
      throws IOException {
    try {
      verifyRoot(candidate.record());
      if (!isKnown(candidate, confirmed)) {
        verifySession(candidate, newest);
      }
      return true;
    } catch (DamagedContainerException e) {
      return false;
    }
  }

  private void verifyRoot(CommitRecord record) throws IOException, DamagedContainerException {
    if (record.root().isEmpty()) {
      return;
    }
    CommitRecord.RootNode root = record.root().get();
    byte[] plain = NodeIo.open(file, records, root.pointer(), root.level());
    NodeCodec.decode(plain, root.level(), root.pointer().position());
  }

  /**
   * Verifies what may not have reached the medium: what an interrupted session wrote, back to the
   * last clean commit, or a clean commit of which nobody knows that its force returned.
   */
  private void verifySession(Candidate candidate, CommitRecord newest)
      throws IOException, DamagedContainerException {
    CommitRecord record = candidate.record();
    CommitRecord.Previous identity = candidate.identity();
    while (isInWindow(record, newest)) {
      for (BatchPlace other : record.others()) {
        reader.verify(other, record.generation());
      }
      reader.verify(identity.place(), record.generation());
      if (record.previous().isEmpty() || record.previousClean()) {
        return;
      }
      identity = record.previous().get();
      record = before(identity);
    }
  }

  /** The commit that another one names as the one before. */
  CommitRecord before(CommitRecord.Previous identity)
      throws IOException, DamagedContainerException {
    Frame frame = reader.frame(identity.place());
    CommitRecord record = reader.commit(frame);
    if (!identity(frame).equals(identity)) {
      throw new DamagedContainerException(
          Part.COMMIT, frame.position(), "another commit stands in its place");
    }
    return record;
  }

  private static boolean isInWindow(CommitRecord record, CommitRecord newest) {
    return newest.generation() - record.generation() < WINDOW_COMMITS
        && newest.bytesWritten() - record.bytesWritten() < WINDOW_BYTES;
  }
}
