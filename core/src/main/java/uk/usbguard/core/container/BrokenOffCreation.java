package uk.usbguard.core.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.NotAContainerException;
import uk.usbguard.core.extent.Layout;
import uk.usbguard.core.format.FormatLimits;
import uk.usbguard.core.format.KeyAreaCopies;
import uk.usbguard.core.format.RootSlot;
import uk.usbguard.core.io.SegmentedFile;

/**
 * The file that is left when a container was being made and the process ended or the stick was
 * pulled: no key area stands in it yet, so nothing can have been stored; docs/format.md section 8.
 */
final class BrokenOffCreation {

  /** No creation makes so long a file. */
  private static final int TOO_LONG = 2 << 20;

  private static final int FIRST_BATCH_END = (int) Layout.FIRST_BATCH + FormatLimits.BLOCK;
  private static final int RINGS_LENGTH = FormatLimits.RING_SLOTS * FormatLimits.ROOT_SLOT_LENGTH;
  private static final List<Integer> AREAS = List.of(0, (int) Layout.RESERVE_END);

  private final byte[] bytes;

  private BrokenOffCreation(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * True if nothing can be lost by making a container in place of this file: it is shorter than 2
   * MiB, no key area can be read, and beside anchor areas and first batch there is nothing but
   * zeros. False for everything else, another program's files among it.
   */
  static boolean is(SegmentedFile file) throws IOException {
    long length = file.lengthOf(0);
    if (length >= TOO_LONG) {
      return false;
    }
    byte[] all = new byte[(int) length];
    int read = file.readUpTo(0, all, 0, all.length);
    return read == length && new BrokenOffCreation(all).holdsNothing();
  }

  private boolean holdsNothing() {
    if (bytes.length < FIRST_BATCH_END) {
      return isZero(0, bytes.length);
    }
    // The hint to generation 1 is forced before the key area is written.
    boolean areasAreOurs = areasAreZero() || hasRootSlot();
    return areasAreOurs && othersAreZero() && !hasKeyArea();
  }

  /** All that a creation never writes anything to: what is between areas and behind the batch. */
  private boolean othersAreZero() {
    for (int area : AREAS) {
      if (!isZero(area + FormatLimits.KEY_AREA_LENGTH, area + FormatLimits.RING_OFFSET)) {
        return false;
      }
    }
    return isZero(FormatLimits.AREA_LENGTH, (int) Layout.RESERVE_END)
        && isZero(FIRST_BATCH_END, bytes.length);
  }

  private boolean areasAreZero() {
    return AREAS.stream().allMatch(area -> isZero(area, area + FormatLimits.AREA_LENGTH));
  }

  private boolean hasRootSlot() {
    for (int area : AREAS) {
      int ring = area + FormatLimits.RING_OFFSET;
      for (int at = ring; at < ring + RINGS_LENGTH; at += FormatLimits.ROOT_SLOT_LENGTH) {
        if (RootSlot.isMarked(bytes, at)) {
          return true;
        }
      }
    }
    return false;
  }

  /** True if there is a key area, or one that a newer release may be able to read. */
  private boolean hasKeyArea() {
    List<byte[]> copies = new ArrayList<>();
    for (int area : AREAS) {
      byte[] copy = new byte[FormatLimits.KEY_AREA_LENGTH];
      System.arraycopy(bytes, area, copy, 0, copy.length);
      copies.add(copy);
    }
    try {
      KeyAreaCopies.decode(copies);
      return true;
    } catch (NotAContainerException | DamagedContainerException e) {
      return false;
    } catch (ContainerException e) {
      return true;
    }
  }

  private boolean isZero(int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
