package uk.usbguard.core.check;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import uk.usbguard.core.container.ProgressListener;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.DamagedContainerException.Part;
import uk.usbguard.core.extent.BatchReader;
import uk.usbguard.core.extent.Layout;
import uk.usbguard.core.format.BatchLayout;
import uk.usbguard.core.format.ContainerFacts;
import uk.usbguard.core.format.FormatLimits;
import uk.usbguard.core.format.Frame;
import uk.usbguard.core.format.RecordName;
import uk.usbguard.core.format.RootSlot;
import uk.usbguard.core.format.SegmentHeader;
import uk.usbguard.core.format.Trailer;
import uk.usbguard.core.io.BlockFile;
import uk.usbguard.core.io.SegmentFiles;
import uk.usbguard.core.io.SegmentedFile;
import uk.usbguard.core.record.Records;

/**
 * A container in the making: the batches of one container, each put where it says it belongs. Only
 * those count whose list opens under the container's key and says the same of their size as they
 * do; of others what is there fills the rest.
 */
final class Assembly {

  private static final int AREA = FormatLimits.AREA_LENGTH;

  private final Pieces pieces;
  private final Records records;
  private final ContainerFacts facts;
  private final byte[] keyArea;
  private final Layout layout;
  private final List<Pieces.Part> whole = new ArrayList<>();
  private final List<Pieces.Part> torn = new ArrayList<>();
  private final SegmentFiles target;
  private final List<BlockFile> segments = new ArrayList<>();

  Assembly(Pieces pieces, Records records, ContainerFacts facts, byte[] keyArea, Path to) {
    this.pieces = pieces;
    this.records = records;
    this.facts = facts;
    this.keyArea = keyArea;
    this.target = new SegmentFiles(to, true);
    this.layout = new Layout((long) facts.segmentMib() << 20);
  }

  /**
   * Writes it. If that does not come to its end, also because a listener ends it, nothing is left.
   */
  void write(ProgressListener progress) throws IOException, ContainerException {
    sort();
    if (whole.isEmpty()) {
      throw new DamagedContainerException(Part.ROOT, -1, "no batch in any of the pieces");
    }
    boolean done = false;
    try {
      begin();
      copy(torn, progress);
      copy(whole, progress);
      finish();
      done = true;
    } finally {
      close(done);
    }
  }

  /** Older ones first: what came later lies on top. */
  private void sort() throws IOException {
    Set<Object> seen = new HashSet<>();
    for (Pieces.Part part : pieces.parts()) {
      Frame frame = part.frame();
      boolean possible =
          frame.container().equals(facts.id())
              && layout.admits(frame.position(), frame.length())
              && seen.add(List.of(part.piece(), part.start(), frame));
      if (possible) {
        (isWhole(part) ? whole : torn).add(part);
      }
    }
    Comparator<Pieces.Part> byAge =
        Comparator.comparingLong((Pieces.Part part) -> part.frame().generation());
    whole.sort(byAge);
    torn.sort(byAge);
    torn.removeIf(part -> end(part) > lastEnd() + BatchLayout.MAX_BATCH);
  }

  private boolean isWhole(Pieces.Part part) throws IOException {
    Frame frame = part.frame();
    if (part.start() < 0) {
      return false;
    }
    byte[] sealed = new byte[(int) BatchLayout.sealedTrailer(frame.trailerLength())];
    int n =
        pieces.read(part.piece(), part.start() + frame.trailerOffset(), sealed, 0, sealed.length);
    if (n < sealed.length) {
      return false;
    }
    try {
      return isMeasured(frame, BatchReader.trailer(records, frame, sealed, 0)) && ends(part);
    } catch (DamagedContainerException e) {
      return false;
    }
  }

  /**
   * Where a trailer lies and how long its batch is, only the frame says, which anybody can write:
   * it is held against what the trailer lists. Else a batch could be made to cover others.
   */
  private static boolean isMeasured(Frame frame, Trailer trailer) {
    int trailerAt = BatchLayout.FRAME;
    for (Trailer.Content content : trailer.contents()) {
      if (content.offset() != trailerAt) {
        return false;
      }
      trailerAt += BatchLayout.sealed(content.plainLength());
    }
    long commit = frame.endsCommit() ? frame.commitLength() : 0;
    long end = trailerAt + BatchLayout.sealedTrailer(frame.trailerLength()) + commit;
    return frame.trailerOffset() == trailerAt
        && frame.length() == BatchLayout.blocks(end + BatchLayout.FRAME);
  }

  /**
   * Whether the commit record opens with the length that the frame says, if it says there is one.
   */
  private boolean ends(Pieces.Part part) throws IOException {
    Frame frame = part.frame();
    if (!frame.endsCommit()) {
      return true;
    }
    byte[] sealed = new byte[frame.commitLength()];
    long at = part.start() + frame.commitOffset();
    RecordName name = RecordName.commit(frame.epoch(), frame.commitSequence(), frame.generation());
    return pieces.read(part.piece(), at, sealed, 0, sealed.length) == sealed.length
        && records.open(
            name, sealed, 0, sealed.length, new byte[sealed.length - BatchLayout.SEAL], 0);
  }

  private long end(Pieces.Part part) {
    return part.frame().position() + part.frame().length();
  }

  private long lastEnd() {
    return whole.stream().mapToLong(this::end).max().orElse(0);
  }

  private void begin() throws IOException {
    int last = SegmentedFile.segmentOf(lastEnd() - 1);
    for (int number = 0; number <= last; number++) {
      segments.add(target.create(number));
      if (number > 0) {
        byte[] header = new SegmentHeader(facts.id(), number, facts.segmentMib()).encode();
        put(SegmentedFile.position(number, 0), header, header.length);
      }
    }
    put(Layout.FIRST_BATCH - 1, new byte[1], 1);
  }

  private void put(long position, byte[] bytes, int length) throws IOException {
    int number = SegmentedFile.segmentOf(position);
    if (number < segments.size()) {
      segments
          .get(number)
          .writeAt(SegmentedFile.offsetOf(position), ByteBuffer.wrap(bytes, 0, length));
    }
  }

  private void copy(List<Pieces.Part> parts, ProgressListener progress) throws IOException {
    long total = parts.stream().mapToLong(part -> part.frame().length()).sum();
    long done = 0;
    for (Pieces.Part part : parts) {
      copy(part);
      done += part.frame().length();
      progress.advanced(done, total);
    }
  }

  /** What of a batch is in the piece; only its end if it begins in another one. */
  private void copy(Pieces.Part part) throws IOException {
    int skip = (int) Math.max(0, -part.start());
    byte[] bytes = new byte[part.frame().length() - skip];
    int n = pieces.read(part.piece(), part.start() + skip, bytes, 0, bytes.length);
    put(part.frame().position() + skip, bytes, n);
  }

  /** The ring, then the key area: until then it is no container. */
  private void finish() throws IOException, ContainerException {
    List<Integer> areas = new ArrayList<>();
    for (int area = 0; area < layout.areas(); area++) {
      if (segments.get(0).size() >= Layout.area(area) + AREA) {
        areas.add(area);
      }
    }
    for (byte[] slot : pieces.slots()) {
      place(slot, areas);
    }
    force();
    for (int area : areas) {
      put(Layout.area(area), keyArea, keyArea.length);
      force();
    }
  }

  private void place(byte[] slot, List<Integer> areas) throws IOException {
    for (int area : areas) {
      for (int number = 0; number < FormatLimits.RING_SLOTS; number++) {
        if (records.openRoot(slot, 0, area, number).isPresent()) {
          long at =
              Layout.area(area)
                  + FormatLimits.RING_OFFSET
                  + (long) number * FormatLimits.ROOT_SLOT_LENGTH;
          if (isNewer(slot, area, number, at)) {
            put(at, slot, slot.length);
          }
        }
      }
    }
  }

  private boolean isNewer(byte[] slot, int area, int number, long at) throws IOException {
    byte[] there = new byte[RootSlot.LENGTH];
    segments.get(0).readAt(at, ByteBuffer.wrap(there));
    long old = records.openRoot(there, 0, area, number).map(RootSlot::generation).orElse(0L);
    return records.openRoot(slot, 0, area, number).orElseThrow().generation() > old;
  }

  private void force() throws IOException {
    for (BlockFile segment : segments) {
      segment.force(true);
    }
  }

  private void close(boolean keep) throws IOException {
    for (BlockFile segment : segments) {
      segment.close();
    }
    for (int number = 0; !keep && number < segments.size(); number++) {
      target.delete(number);
    }
  }
}
