package uk.usbguard.core.media;

/** ext2 to ext4, XFS, Btrfs, F2FS and swap. */
final class LinuxProbe implements Probe {

  private static final int EXT_MAGIC = 0xEF53;
  private static final int SUPERBLOCK = 1024;
  private static final int BTRFS_LENGTH = 4096;
  private static final int[] SWAP_PAGES = {4096, 8192, 16_384, 65_536};

  /** Where ext keeps its first spare superblock, for blocks of 1, 2 and 4 KiB. */
  private static final long[] EXT_SPARES = {8193L * 1024, 16_384L * 2048, 32_768L * 4096};

  @Override
  public void look(Region region, Sightings found) throws ReadFailedException {
    ext(region, found);
    Block start = region.at(0, 512);
    if (start.has(0, "XFSB")) {
      found.judged(Format.XFS, 0, isXfs(start));
    }
    btrfs(region, 64L << 10, found);
    btrfs(region, 64L << 20, found);
    f2fs(region, found);
    for (int page : SWAP_PAGES) {
      Block end = region.at(page - 10L, 10);
      if (end.has(0, "SWAPSPACE2") || end.has(0, "SWAP-SPACE")) {
        found.sound(Format.SWAP, page - 10L);
      }
    }
  }

  private static void ext(Region region, Sightings found) throws ReadFailedException {
    Block primary = region.at(1024, SUPERBLOCK);
    if (primary.u16(56) == EXT_MAGIC && isExt(primary)) {
      found.sound(Format.EXT, 1024);
    }
    for (long offset : EXT_SPARES) {
      Block spare = region.at(offset, SUPERBLOCK);
      boolean isOne = spare.u16(56) == EXT_MAGIC && spare.u16(90) == 1 && isExt(spare);
      if (isOne && spareOffset(spare) == offset) {
        found.remains(Format.EXT, offset);
      }
    }
  }

  private static long spareOffset(Block superblock) {
    int shift = 10 + (int) superblock.u32(24);
    return (superblock.u32(32) + superblock.u32(20)) << shift;
  }

  /** What the kernel's own checks ask for, without the checksum: other tools read without it. */
  private static boolean isExt(Block superblock) {
    return superblock.u32(0) > 0
        && superblock.u32(4) > 0
        && superblock.u32(24) <= 6
        && superblock.u32(32) > 0
        && superblock.u32(40) > 0
        && superblock.u32(76) <= 1;
  }

  private static boolean isXfs(Block superblock) {
    return Block.isPower(superblock.u32be(4), 512, 65_536)
        && superblock.u64be(8) > 0
        && superblock.u32be(88) > 0
        && Block.isPower(superblock.u16be(102), 512, 32_768);
  }

  private static void btrfs(Region region, long offset, Sightings found)
      throws ReadFailedException {
    Block superblock = region.at(offset, BTRFS_LENGTH);
    if (!superblock.has(64, "_BHRfS_M")) {
      return;
    }
    boolean first = offset == 64L << 10;
    if (first) {
      found.judged(Format.BTRFS, offset, superblock.u64(48) == offset);
    } else if (superblock.u64(48) == offset) {
      found.remains(Format.BTRFS, offset);
    }
  }

  private static void f2fs(Region region, Sightings found) throws ReadFailedException {
    for (long offset : new long[] {1024, 4096 + 1024}) {
      Block superblock = region.at(offset, SUPERBLOCK);
      if (superblock.u32(0) == 0xF2F52010L) {
        found.judged(Format.F2FS, offset, superblock.u32(16) == 12 && superblock.u64(36) > 0);
      }
    }
  }
}
