package uk.usbguard.core.media;

import java.util.Optional;

/** The geometry that an exFAT boot sector claims, within the bounds of its specification. */
record ExfatVolume(
    int clusterBytes, long fatStart, long dataStart, long clusters, long rootCluster) {

  private static final int CHECKED_SECTORS = 11;

  /** Reads it; empty if it breaks the specification. */
  static Optional<ExfatVolume> read(Block boot) {
    int sectorShift = boot.u8(108);
    int clusterShift = boot.u8(109);
    boolean sane =
        boot.hasBytes(0, 0xEB, 0x76, 0x90)
            && boot.isZero(11, 64)
            && boot.u16(510) == 0xAA55
            && sectorShift >= 9
            && sectorShift <= 12
            && sectorShift + clusterShift <= 25
            && boot.u8(110) >= 1
            && boot.u8(110) <= 2
            && boot.u32(80) > 0
            && boot.u32(92) > 0;
    if (!sane) {
      return Optional.empty();
    }
    return Optional.of(
        new ExfatVolume(
            1 << (sectorShift + clusterShift),
            boot.u32(80) << sectorShift,
            boot.u32(88) << sectorShift,
            boot.u32(92),
            boot.u32(96)));
  }

  /** Whether the twelfth sector holds the checksum of the eleven before it. */
  static boolean hasChecksum(Region region, int sectorShift) throws ReadFailedException {
    if (sectorShift < 9 || sectorShift > 12) {
      return false;
    }
    int sector = 1 << sectorShift;
    Block boot = region.at(0, (CHECKED_SECTORS + 1) * sector);
    int sum = 0;
    for (int i = 0; i < CHECKED_SECTORS * sector; i++) {
      if (i != 106 && i != 107 && i != 112) {
        sum = ((sum << 31) | (sum >>> 1)) + boot.u8(i);
      }
    }
    return boot.u32(CHECKED_SECTORS * sector) == Integer.toUnsignedLong(sum);
  }

  /** Its allocation table. */
  ClusterMap map(Region region) {
    return new ClusterMap(region, 32, fatStart, dataStart, clusterBytes, clusters);
  }
}
