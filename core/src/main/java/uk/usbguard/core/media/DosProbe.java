package uk.usbguard.core.media;

/** FAT, exFAT, NTFS and ReFS: what Windows mounts, with the spare copies of their boot sectors. */
final class DosProbe implements Probe {

  private static final int SECTOR = 512;
  private static final int[] SECTOR_SIZES = {512, 1024, 2048, 4096};

  @Override
  public void look(Region region, Sightings found) throws ReadFailedException {
    Block boot = region.at(0, SECTOR);
    FatVolume.read(boot).ifPresent(volume -> found.sound(volume.format(), 0));
    exfat(region, boot, found);
    if (boot.has(3, "NTFS    ")) {
      found.judged(Format.NTFS, 0, isNtfs(boot));
    }
    if (boot.hasBytes(0, 0, 0, 0) && boot.has(3, "ReFS\0")) {
      found.judged(Format.REFS, 0, boot.has(16, "FSRS"));
    }
    for (int sector : SECTOR_SIZES) {
      spare(region, sector, found);
    }
  }

  private static void exfat(Region region, Block boot, Sightings found) throws ReadFailedException {
    if (!boot.has(3, "EXFAT   ")) {
      return;
    }
    found.judged(
        Format.EXFAT,
        0,
        ExfatVolume.read(boot).isPresent() && ExfatVolume.hasChecksum(region, boot.u8(108)));
  }

  private static boolean isNtfs(Block boot) {
    int perCluster = boot.u8(13);
    return Block.isPower(boot.u16(11), 256, 4096)
        && (Block.isPower(perCluster, 1, 128) || (perCluster >= 0xE1 && perCluster <= 0xF7))
        && boot.u16(14) == 0
        && boot.u8(16) == 0
        && boot.u64(40) > 0
        && boot.u64(48) > 0
        && boot.u64(56) > 0;
  }

  /** FAT32 keeps its spare boot sector 6 in, exFAT 12 in, NTFS in the last sector. */
  private static void spare(Region region, int sector, Sightings found) throws ReadFailedException {
    Block fat = region.at(6L * sector, SECTOR);
    if (fat.u16(11) == sector && fat.has(82, "FAT32") && FatVolume.read(fat).isPresent()) {
      found.remains(Format.FAT32, 6L * sector);
    }
    Block exfat = region.at(12L * sector, SECTOR);
    if (exfat.has(3, "EXFAT   ") && ExfatVolume.read(exfat).isPresent()) {
      found.remains(Format.EXFAT, 12L * sector);
    }
    long last = region.length() - sector;
    Block ntfs = region.at(last, SECTOR);
    if (last > 0 && ntfs.has(3, "NTFS    ") && isNtfs(ntfs)) {
      found.remains(Format.NTFS, last);
    }
  }
}
