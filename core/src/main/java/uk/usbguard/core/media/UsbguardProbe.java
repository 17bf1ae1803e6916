package uk.usbguard.core.media;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import uk.usbguard.core.device.ContainerFingerprint;
import uk.usbguard.core.device.ContainerFingerprint.Kind;

/** Our own container, see docs/format.md: what its two key areas claim without a key. */
final class UsbguardProbe implements Probe {

  static final int KEY_AREA = 24_576;
  static final int SEGMENT_HEADER = 128;

  private static final String MAGIC = "UGC\r\n\u001A\n\0";
  private static final long SECOND = 1L << 20;
  private static final int SLOTS = 16;
  private static final int SLOT = 1024;
  private static final int HEADER = 4096;
  private static final int CRC_AT = HEADER + SLOTS * SLOT + 32;
  private static final long DATA = 1_179_648;

  @Override
  public void look(Region region, Sightings found) throws ReadFailedException {
    Block first = region.at(0, KEY_AREA);
    if (!first.has(0, MAGIC)) {
      return;
    }
    Block second = region.at(SECOND, KEY_AREA);
    List<Reason> doubts = new ArrayList<>();
    if (!isSound(first)) {
      doubts.add(Reason.STRUCTURE_INVALID);
    } else if (!isSound(second)) {
      doubts.add(Reason.COPY_DAMAGED);
    } else if (!id(first).equals(id(second))) {
      doubts.add(Reason.COPIES_DIFFER);
    }
    Span data = new Span(DATA, Math.max(DATA, region.length()));
    found.container(
        Format.USBGUARD,
        0,
        doubts,
        Optional.of(new Payload(data, List.of(), List.of(), Payload.Looks.BATCHES)),
        fingerprint(first, second));
  }

  /** The id that every sound copy of the key area names. */
  private static Optional<ContainerFingerprint> fingerprint(Block... areas) {
    List<Block> sound = Arrays.stream(areas).filter(UsbguardProbe::isSound).toList();
    return sound.stream().map(UsbguardProbe::id).distinct().count() == 1
        ? Optional.of(ContainerFingerprint.of(Kind.USBGUARD, sound.get(0).slice(16, 16)))
        : Optional.empty();
  }

  /** The rules of a key area that can be checked without a key. */
  static boolean isSound(Block area) {
    return area.has(0, MAGIC)
        && area.u16be(8) == 1
        && (area.u8(10) == 1 || area.u8(10) == 2)
        && area.u8(11) == 0
        && area.u32be(12) == 4096
        && area.u32be(56) >= 4
        && area.u32be(56) <= 4095
        && area.u16be(60) == SLOTS
        && area.u16be(62) == SLOT
        && area.isZero(68, HEADER)
        && area.isZero(CRC_AT + 4, KEY_AREA)
        && area.u32be(CRC_AT) == area.crc32(0, CRC_AT)
        && hasSlot(area);
  }

  private static boolean hasSlot(Block area) {
    for (int i = 0; i < SLOTS; i++) {
      int type = area.u8(HEADER + i * SLOT);
      if (type >= 1 && type <= 4) {
        return true;
      }
    }
    return false;
  }

  /** The container's id, as text. */
  static String id(Block keyArea) {
    return Long.toHexString(keyArea.u64be(16)) + ":" + Long.toHexString(keyArea.u64be(24));
  }

  /** Whether this is the start of segment {@code number} of the container with this id. */
  static boolean isSegment(Block start, int number, String id) {
    String claimed = Long.toHexString(start.u64be(16)) + ":" + Long.toHexString(start.u64be(24));
    return start.has(0, "UGCSEGMT")
        && start.u16be(8) == 1
        && start.u32be(12) == number
        && claimed.equals(id)
        && start.u32be(124) == start.crc32(0, 124);
  }
}
