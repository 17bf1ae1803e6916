package uk.usbguard.core.check;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uk.usbguard.core.container.ContainerEnvironment;
import uk.usbguard.core.container.Credential;
import uk.usbguard.core.container.ProgressListener;
import uk.usbguard.core.crypto.CryptoProfile;
import uk.usbguard.core.crypto.StandardProfile;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.DamagedContainerException.Part;
import uk.usbguard.core.error.WrongKeyException;
import uk.usbguard.core.extent.BatchReader;
import uk.usbguard.core.extent.Layout;
import uk.usbguard.core.format.BatchLayout;
import uk.usbguard.core.format.ContainerFacts;
import uk.usbguard.core.format.ContainerId;
import uk.usbguard.core.format.FormatLimits;
import uk.usbguard.core.format.Frame;
import uk.usbguard.core.format.RootSlot;
import uk.usbguard.core.format.SegmentHeader;
import uk.usbguard.core.format.UnverifiedKeyArea;
import uk.usbguard.core.io.BlockFile;
import uk.usbguard.core.io.SegmentFiles;
import uk.usbguard.core.io.SegmentedFile;
import uk.usbguard.core.keyslot.KeySlots;
import uk.usbguard.core.keyslot.UnlockedKeyArea;
import uk.usbguard.core.record.Records;

/**
 * Puts a container together again, in a new file, from pieces in which its batches lie anywhere:
 * each says where it belongs, and is believed if it opens under the container's key. Nothing is
 * decrypted on the way but the lists of what batches hold, the pieces are only read, and the new
 * container opens with all that opened the old one. Then it is repaired.
 */
public final class Salvage {

  private static final int AREA = FormatLimits.AREA_LENGTH;

  private final List<Path> paths;
  private final Path to;
  private final Credential credential;
  private final ContainerEnvironment environment;
  private final ProgressListener progress;

  /** Takes the pieces, where the container is to be, and what opens it. */
  public Salvage(
      List<Path> pieces,
      Path to,
      Credential credential,
      ContainerEnvironment environment,
      ProgressListener progress) {
    this.paths = List.copyOf(pieces);
    this.to = to;
    this.credential = credential;
    this.environment = environment;
    this.progress = progress;
  }

  /**
   * Does it.
   *
   * @throws WrongKeyException if none of the containers in the pieces opens
   * @throws uk.usbguard.core.error.NotAContainerException if no key area is in the pieces
   * @throws DamagedContainerException if nothing else of the container is
   * @throws java.nio.file.FileAlreadyExistsException if there is a file where it is to be
   */
  public RepairReport salvage() throws IOException, ContainerException {
    try (Pieces pieces = Pieces.scan(paths, progress)) {
      CryptoProfile profile = new StandardProfile(environment.random());
      assemble(pieces, profile);
    }
    return new Repair(to, credential, environment, progress).mend();
  }

  private void assemble(Pieces pieces, CryptoProfile profile)
      throws IOException, ContainerException {
    Pieces.Area area = unlockable(pieces, profile);
    try (UnlockedKeyArea unlocked = unlock(profile, List.of(area.claims()))) {
      ContainerFacts facts = unlocked.area().container();
      try (Records records = new Records(profile, unlocked.master(), facts.id())) {
        new Assembly(pieces, records, facts, area.bytes().toBytes()).write();
      }
    }
  }

  /** The newest copy of the key area of the first container that opens. */
  private Pieces.Area unlockable(Pieces pieces, CryptoProfile profile) throws ContainerException {
    Map<ContainerId, List<Pieces.Area>> byContainer = new LinkedHashMap<>();
    for (Pieces.Area area : pieces.keyAreas()) {
      byContainer
          .computeIfAbsent(area.claims().claimedContainer().id(), id -> new ArrayList<>())
          .add(area);
    }
    for (List<Pieces.Area> copies : byContainer.values()) {
      Optional<Pieces.Area> opens = newest(copies, profile);
      if (opens.isPresent()) {
        return opens.get();
      }
    }
    throw new WrongKeyException();
  }

  /** All copies are asked together: an old one must not let in whom the newest does not. */
  private Optional<Pieces.Area> newest(List<Pieces.Area> copies, CryptoProfile profile)
      throws ContainerException {
    List<UnverifiedKeyArea> claims = copies.stream().map(Pieces.Area::claims).toList();
    try (UnlockedKeyArea unlocked = unlock(profile, claims)) {
      return copies.stream()
          .filter(c -> c.claims().claimedKeyGeneration() == unlocked.area().keyGeneration())
          .filter(c -> c.claims().claimedSlots().equals(unlocked.area().slots()))
          .findFirst();
    } catch (WrongKeyException e) {
      return Optional.empty();
    }
  }

  private UnlockedKeyArea unlock(CryptoProfile profile, List<UnverifiedKeyArea> copies)
      throws ContainerException {
    KeySlots slots = new KeySlots(profile, environment.clock());
    return credential instanceof Credential.ByPassphrase by
        ? slots.unlock(copies, by.passphrase())
        : slots.unlock(copies, ((Credential.ByRecoveryKey) credential).key());
  }

  /** The new container in the making. */
  private final class Assembly {

    private final Pieces pieces;
    private final Records records;
    private final ContainerFacts facts;
    private final byte[] keyArea;
    private final Layout layout;
    private final List<Pieces.Part> whole = new ArrayList<>();
    private final List<Pieces.Part> torn = new ArrayList<>();
    private final SegmentFiles target = new SegmentFiles(to, true);
    private final List<BlockFile> segments = new ArrayList<>();

    Assembly(Pieces pieces, Records records, ContainerFacts facts, byte[] keyArea) {
      this.pieces = pieces;
      this.records = records;
      this.facts = facts;
      this.keyArea = keyArea;
      this.layout = new Layout((long) facts.segmentMib() << 20);
    }

    void write() throws IOException, ContainerException {
      sort();
      if (whole.isEmpty()) {
        throw new DamagedContainerException(Part.ROOT, -1, "no batch in any of the pieces");
      }
      boolean done = false;
      try {
        begin();
        for (Pieces.Part part : torn) {
          copy(part);
        }
        for (Pieces.Part part : whole) {
          copy(part);
        }
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
        BatchReader.trailer(records, frame, sealed, 0);
        return true;
      } catch (DamagedContainerException e) {
        return false;
      }
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
}
