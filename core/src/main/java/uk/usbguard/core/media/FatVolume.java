package uk.usbguard.core.media;

import java.util.Optional;

/**
 * The geometry that a FAT boot sector claims. It exists only for what Linux and Windows would
 * mount: they ask neither for a jump nor for 55 AA nor for the words "FAT32", so neither do we.
 */
record FatVolume(
    Format format,
    int clusterBytes,
    long fatStart,
    long rootStart,
    int rootEntries,
    long dataStart,
    long clusters,
    long rootCluster) {

  private static final int FAT12_MAX = 4084;
  private static final int FAT16_MAX = 65_524;
  private static final int ENTRY = 32;

  /** Reads it; empty if no system would take this for a FAT file system. */
  static Optional<FatVolume> read(Block boot) {
    int sector = boot.u16(11);
    int perCluster = boot.u8(13);
    int reserved = boot.u16(14);
    int fats = boot.u8(16);
    int media = boot.u8(21);
    long fatSectors = boot.u16(22) != 0 ? boot.u16(22) : boot.u32(36);
    long total = boot.u16(19) != 0 ? boot.u16(19) : boot.u32(32);
    boolean sane =
        Block.isPower(sector, 512, 4096)
            && Block.isPower(perCluster, 1, 128)
            && reserved > 0
            && fats > 0
            && fats <= 4
            && (media == 0xF0 || media >= 0xF8)
            && fatSectors > 0
            && total > 0;
    return sane ? geometry(boot, sector, fats, fatSectors, total) : Optional.empty();
  }

  private static Optional<FatVolume> geometry(
      Block boot, int sector, int fats, long fatSectors, long total) {
    int cluster = sector * boot.u8(13);
    int rootEntries = boot.u16(17);
    long fatStart = (long) boot.u16(14) * sector;
    long rootStart = fatStart + fats * fatSectors * sector;
    long rootBytes = ((long) rootEntries * ENTRY + sector - 1) / sector * sector;
    long dataStart = rootStart + rootBytes;
    long totalBytes = total * sector;
    if (dataStart > totalBytes) {
      return Optional.empty();
    }
    long clusters = (totalBytes - dataStart) / cluster;
    boolean is32 = boot.u16(22) == 0;
    if (!is32 && rootEntries == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new FatVolume(
            is32 ? Format.FAT32 : clusters <= FAT12_MAX ? Format.FAT12 : Format.FAT16,
            cluster,
            fatStart,
            rootStart,
            rootEntries,
            dataStart,
            is32 ? clusters : Math.min(clusters, FAT16_MAX),
            is32 ? boot.u32(44) : 0));
  }

  /** Its allocation table. */
  ClusterMap map(Region region) {
    int bits = format == Format.FAT12 ? 12 : format == Format.FAT16 ? 16 : 28;
    return new ClusterMap(region, bits, fatStart, dataStart, clusterBytes, clusters);
  }
}
