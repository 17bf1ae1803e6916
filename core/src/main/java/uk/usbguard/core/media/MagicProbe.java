package uk.usbguard.core.media;

import java.util.List;

/** File systems and tables that are told by a fixed word, and rarely met on a stick. */
final class MagicProbe implements Probe {

  /** The bytes, as characters from 0 to 255. */
  private record Magic(Format format, long offset, String bytes) {}

  private static final List<Magic> MAGICS =
      List.of(
          new Magic(Format.SQUASHFS, 0, "hsqs"),
          new Magic(Format.SQUASHFS, 0, "sqsh"),
          new Magic(Format.JFS, 32_768, "JFS1"),
          new Magic(Format.NILFS2, 1024, "\u0002\0\0\0\0\00044"),
          new Magic(Format.REISERFS, 65_588, "ReIsEr"),
          new Magic(Format.REISERFS, 65_536, "ReIsEr4"),
          new Magic(Format.REISERFS, 8244, "ReIsEr"),
          new Magic(Format.EROFS, 1024, "\u00E2\u00E1\u00F5\u00E0"),
          new Magic(Format.CRAMFS, 0, "E=\u00CD("),
          new Magic(Format.CRAMFS, 0, "(\u00CD=E"),
          new Magic(Format.ROMFS, 0, "-rom1fs-"),
          new Magic(Format.UFS, 8192 + 1372, "T\u0019\u0001\0"),
          new Magic(Format.UFS, 65_536 + 1372, "\u0019\u0001T\u0019"),
          new Magic(Format.GFS2, 65_536, "\u0001\u0016\u0019p"),
          new Magic(Format.OCFS2, 2048, "OCFSV2"),
          new Magic(Format.OCFS2, 4096, "OCFSV2"),
          new Magic(Format.OCFS2, 8192, "OCFSV2"),
          new Magic(Format.BEFS, 544, "BFS1"),
          new Magic(Format.BEFS, 32, "BFS1"),
          new Magic(Format.VMFS, 1 << 20, "\r\u00D0\u0001\u00C0"),
          new Magic(Format.VMFS, 2 << 20, "^\u00F1\u00AB/"),
          new Magic(Format.APPLE_MAP, 512, "PM\0\0"),
          new Magic(Format.BSD_LABEL, 512, "WEV\u0082"));

  private static final int[] MINIX = {0x137F, 0x138F, 0x2468, 0x2478, 0x4D5A};

  @Override
  public void look(Region region, Sightings found) throws ReadFailedException {
    for (Magic magic : MAGICS) {
      if (region.at(magic.offset(), magic.bytes().length()).has(0, magic.bytes())) {
        found.sound(magic.format(), magic.offset());
      }
    }
    minix(region, found);
  }

  /** Two bytes are soon there by chance: the sizes have to make sense as well. */
  private static void minix(Region region, Sightings found) throws ReadFailedException {
    Block superblock = region.at(1024, 32);
    for (int magic : MINIX) {
      boolean old = superblock.u16(16) == magic && superblock.u16(4) > 0 && superblock.u16(6) > 0;
      boolean third = superblock.u16(24) == magic && superblock.u16(6) > 0;
      boolean sane = superblock.u16(10) == 0 && superblock.u16(0) > 0;
      if ((sane && old && superblock.u16(8) > 0) || (third && superblock.u16(28) >= 1024)) {
        found.sound(Format.MINIX, 1024);
        return;
      }
    }
  }
}
