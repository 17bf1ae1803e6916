package uk.usbguard.core.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.DamagedContainerException.Part;
import uk.usbguard.core.error.MediumFullException;
import uk.usbguard.core.extent.Layout;
import uk.usbguard.core.format.FormatLimits;
import uk.usbguard.core.format.KeyAreaCodec;
import uk.usbguard.core.format.RootSlot;
import uk.usbguard.core.io.SegmentedFile;
import uk.usbguard.core.record.Records;

/**
 * The two or three places that hold a copy of the key area and a part of the ring of root slots.
 */
final class AnchorAreas {

  /** So many writes the worst stick that is simulated acknowledges and still forgets. */
  private static final int SETTLING_WRITES = 64;

  /** Zeros between key area and ring. */
  private static final int GAP_BLOCKS =
      (FormatLimits.RING_OFFSET - FormatLimits.KEY_AREA_LENGTH) / FormatLimits.BLOCK;

  /** The areas that every container has. */
  static final int FIRST_TWO = 2;

  private final SegmentedFile file;
  private final Layout layout;
  private int equipped;
  private int most = Integer.MAX_VALUE;

  AnchorAreas(SegmentedFile file, Layout layout) throws IOException {
    this.file = file;
    this.layout = layout;
    this.equipped = present();
  }

  /** How many areas the container is long enough for. */
  int present() throws IOException {
    int n = 0;
    while (n < layout.areas() && file.lengthOf(0) >= Layout.area(n) + FormatLimits.AREA_LENGTH) {
      n++;
    }
    return n;
  }

  /** All copies of the key area, whatever they hold; zeros behind the end of the file. */
  static List<byte[]> readKeyAreas(SegmentedFile file) throws IOException {
    List<byte[]> copies = new ArrayList<>();
    for (long position : FormatLimits.AREA_POSITIONS) {
      byte[] copy = new byte[FormatLimits.KEY_AREA_LENGTH];
      file.readUpTo(position, copy, 0, copy.length);
      copies.add(copy);
    }
    return copies;
  }

  /** True if something that looks like a root slot stands where root slots stand. */
  static boolean hasRootSlots(SegmentedFile file) throws IOException {
    byte[] slot = new byte[RootSlot.SEALED_AT];
    for (long area : FormatLimits.AREA_POSITIONS) {
      for (int number = 0; number < FormatLimits.RING_SLOTS; number++) {
        long at = area + FormatLimits.RING_OFFSET + (long) number * FormatLimits.ROOT_SLOT_LENGTH;
        if (file.readUpTo(at, slot, 0, slot.length) == slot.length && RootSlot.isMarked(slot, 0)) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Puts a new key area into every place: one is forced and read back before the next (I5). So that
   * a stick that lies about forcing cannot tear two of them, what was written before has settled
   * when the first and the second are overwritten; then the first one stays, whatever comes.
   */
  void writeKeyArea(byte[] keyArea)
      throws IOException, DamagedContainerException, MediumFullException {
    int replaced = 0;
    for (int area = 0; area < present(); area++) {
      byte[] there = readKeyArea(area);
      if (replaced < 2 && isWhole(there) && !Arrays.equals(there, keyArea)) {
        settle(area);
        replaced++;
      }
      writeKeyArea(area, keyArea);
    }
    equipped = present();
  }

  private byte[] readKeyArea(int area) throws IOException {
    byte[] there = new byte[FormatLimits.KEY_AREA_LENGTH];
    file.readUpTo(Layout.area(area), there, 0, there.length);
    return there;
  }

  private static boolean isWhole(byte[] keyArea) {
    try {
      KeyAreaCodec.decode(keyArea, 0);
      return true;
    } catch (ContainerException e) {
      return false; // there is nothing to lose
    }
  }

  /** Writes zeros where zeros are, until what was written before is no longer under way. */
  private void settle(int area) throws IOException, MediumFullException {
    byte[] zeros = new byte[FormatLimits.BLOCK];
    long gap = Layout.area(area) + FormatLimits.KEY_AREA_LENGTH;
    for (int i = 0; i < SETTLING_WRITES; i++) {
      file.write(gap + (long) (i % GAP_BLOCKS) * zeros.length, zeros, 0, zeros.length);
      file.force();
    }
  }

  private void writeKeyArea(int area, byte[] keyArea)
      throws IOException, DamagedContainerException, MediumFullException {
    long at = Layout.area(area);
    byte[] there = readKeyArea(area);
    if (Arrays.equals(there, keyArea)) {
      return;
    }
    file.write(at, keyArea, 0, keyArea.length);
    file.force();
    file.read(at, there, 0, there.length);
    if (!Arrays.equals(there, keyArea)) {
      throw new DamagedContainerException(Part.KEY_AREA, at, "is not what was written");
    }
  }

  /** Equips an area that the container has grown into. */
  void equip(byte[] keyArea) throws IOException, DamagedContainerException, MediumFullException {
    int wanted = Math.min(present(), most);
    for (int area = equipped; area < wanted; area++) {
      writeKeyArea(area, keyArea);
    }
    equipped = wanted;
  }

  /**
   * Hints go into the first two areas only from now on: once both parts of the ring are full of
   * them, the third area can be cut off. Only while no commit is on its way.
   */
  void leaveThird() {
    most = FIRST_TWO;
    equipped = Math.min(equipped, most);
  }

  /** Hints go into every area that is there. */
  void useAll() {
    most = Integer.MAX_VALUE;
  }

  /** Writes the hint to a commit; the caller forces. */
  void writeRoot(Records records, RootSlot slot) throws IOException, MediumFullException {
    writeRoot(records, slot, slot.generation());
  }

  /**
   * Writes the hint to a clean commit once more now that its force has returned: only from then on
   * it is believed without a look at the rest (I2). It goes into another area than the first one,
   * and where none of the next commits' hints go.
   */
  void confirmRoot(Records records, RootSlot slot) throws IOException, MediumFullException {
    writeRoot(records, slot.confirm(), slot.generation() + equipped + 1);
  }

  private void writeRoot(Records records, RootSlot slot, long turn)
      throws IOException, MediumFullException {
    int area = (int) (turn % equipped);
    int number = (int) (turn / equipped % FormatLimits.RING_SLOTS);
    byte[] block = records.sealRoot(slot, area, number);
    long at =
        Layout.area(area)
            + FormatLimits.RING_OFFSET
            + (long) number * FormatLimits.ROOT_SLOT_LENGTH;
    file.write(at, block, 0, block.length);
  }

  /** The areas of whose part of the ring not one slot opens. */
  List<Integer> emptyRings(Records records) throws IOException {
    List<Integer> empty = new ArrayList<>();
    for (int area = 0; area < present(); area++) {
      if (readRing(records, area).isEmpty()) {
        empty.add(area);
      }
    }
    return empty;
  }

  /** All root slots that open, newest first. */
  List<RootSlot> readRoots(Records records) throws IOException {
    List<RootSlot> slots = new ArrayList<>();
    for (int area = 0; area < layout.areas(); area++) {
      slots.addAll(readRing(records, area));
    }
    slots.sort((a, b) -> Long.compare(b.generation(), a.generation()));
    return slots;
  }

  private List<RootSlot> readRing(Records records, int area) throws IOException {
    List<RootSlot> slots = new ArrayList<>();
    byte[] ring = new byte[FormatLimits.RING_SLOTS * FormatLimits.ROOT_SLOT_LENGTH];
    file.readUpTo(Layout.area(area) + FormatLimits.RING_OFFSET, ring, 0, ring.length);
    for (int number = 0; number < FormatLimits.RING_SLOTS; number++) {
      records
          .openRoot(ring, number * FormatLimits.ROOT_SLOT_LENGTH, area, number)
          .ifPresent(slots::add);
    }
    return slots;
  }
}
