package uk.usbguard.core.media;

/** LVM, Linux RAID, ZFS, bcachefs and CoreStorage: volumes that may hold anything. */
final class StackProbe implements Probe {

  private static final long MD_MAGIC = 0xA92B4EFCL;
  private static final int ZFS_LABEL = 256 << 10;
  private static final int UBERBLOCKS = 128 << 10;

  private static final int[] BCACHEFS_1 = {0xC6, 0x85, 0x73, 0xF6};
  private static final int[] BCACHEFS_2 = {0x4E, 0x1A, 0x45, 0xCA};
  private static final int[] BCACHE_2 = {0x66, 0xCE, 0x90, 0xA9};

  @Override
  public void look(Region region, Sightings found) throws ReadFailedException {
    for (int sector = 0; sector < 4; sector++) {
      Block label = region.at(sector * 512L, 512);
      if (label.has(0, "LABELONE") && label.has(24, "LVM2 001")) {
        found.judged(Format.LVM2, sector * 512L, hasLvmChecksum(label, sector));
      }
    }
    raid(region, found);
    zfs(region, found);
    Block start = region.at(4096 + 24, 16);
    if (start.hasBytes(0, BCACHEFS_1)
        && (start.hasBytes(4, BCACHEFS_2) || start.hasBytes(4, BCACHE_2))) {
      found.sound(Format.BCACHEFS, 4096);
    }
    coreStorage(region, found);
  }

  /** The label's CRC starts from a value of its own and covers it from offset 20 on. */
  private static boolean hasLvmChecksum(Block label, int sector) {
    return label.u64(8) == sector && lvmCrc(label.slice(20, 492)) == label.u32(16);
  }

  private static long lvmCrc(byte[] bytes) {
    long crc = 0xF597A6CFL;
    for (byte b : bytes) {
      crc ^= b & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ 0xEDB88320L;
      }
    }
    return crc;
  }

  private static void raid(Region region, Sightings found) throws ReadFailedException {
    long sectors = region.length() / 512;
    long[] places = {0, 4096, ((sectors - 16) & ~7L) * 512, (sectors & ~127L) * 512 - 65_536};
    for (long place : places) {
      Block superblock = region.at(place, 16);
      if (superblock.u32(0) == MD_MAGIC || superblock.u32be(0) == MD_MAGIC) {
        found.sound(Format.MD_RAID, place);
      }
    }
  }

  /** Any of the uberblocks of the first two labels. */
  private static void zfs(Region region, Sightings found) throws ReadFailedException {
    for (long label : new long[] {0, ZFS_LABEL}) {
      Block ring = region.at(label + UBERBLOCKS, UBERBLOCKS);
      for (int at = 0; at < UBERBLOCKS; at += 1024) {
        if (ring.u64(at) == 0xBAB10CL || ring.u64be(at) == 0xBAB10CL) {
          found.sound(Format.ZFS, label + UBERBLOCKS + at);
          return;
        }
      }
    }
  }

  private static void coreStorage(Region region, Sightings found) throws ReadFailedException {
    Block header = region.at(0, 512);
    if (header.has(88, "CS") && header.u16(8) == 1 && header.u16(10) == 0x10) {
      found.sound(Format.CORE_STORAGE, 0);
    }
  }
}
