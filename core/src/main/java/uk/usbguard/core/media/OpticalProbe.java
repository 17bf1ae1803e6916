package uk.usbguard.core.media;

/** ISO 9660 and UDF, which sticks carry as well as discs, behind 32 KiB that anything may fill. */
final class OpticalProbe implements Probe {

  private static final long SYSTEM_AREA = 32 << 10;
  private static final int DESCRIPTORS = 64;
  private static final int[] BLOCKS = {512, 1024, 2048, 4096};
  private static final int ANCHOR_TAG = 2;

  @Override
  public void look(Region region, Sightings found) throws ReadFailedException {
    for (int step : new int[] {2048, 4096}) {
      sequence(region, step, found);
    }
    Block highSierra = region.at(SYSTEM_AREA, 16);
    if (highSierra.has(9, "CDROM")) {
      found.sound(Format.ISO9660, SYSTEM_AREA);
    }
    for (int block : BLOCKS) {
      long blocks = region.length() / block;
      for (long at : new long[] {256, 512, blocks - 1, blocks - 257}) {
        if (at > 0 && isAnchor(region.at(at * block, 512), at)) {
          found.sound(Format.UDF, at * block);
        }
      }
    }
  }

  private static void sequence(Region region, int step, Sightings found)
      throws ReadFailedException {
    for (int i = 0; i < DESCRIPTORS; i++) {
      long offset = SYSTEM_AREA + (long) i * step;
      Block descriptor = region.at(offset, 16);
      if (descriptor.has(1, "CD001")) {
        found.sound(Format.ISO9660, offset);
        continue;
      }
      if (descriptor.has(1, "NSR02") || descriptor.has(1, "NSR03")) {
        found.sound(Format.UDF, offset);
        return;
      }
      boolean more = descriptor.has(1, "BEA01") || descriptor.has(1, "BOOT2");
      if (!more && !descriptor.has(1, "CDW02")) {
        return;
      }
    }
  }

  private static boolean isAnchor(Block tag, long location) {
    int sum = 0;
    for (int i = 0; i < 16; i++) {
      sum += i == 4 ? 0 : tag.u8(i);
    }
    return tag.u16(0) == ANCHOR_TAG && tag.u8(4) == (sum & 0xFF) && tag.u32(12) == location;
  }
}
