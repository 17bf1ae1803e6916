package uk.usbguard.core.media;

import java.util.List;

/** File systems and tables that are told by a fixed word, and rarely met on a stick. */
final class MagicProbe implements Probe {

  private record Magic(Format format, long offset, int... bytes) {}

  private static final List<Magic> MAGICS =
      List.of(
          new Magic(Format.SQUASHFS, 0, 'h', 's', 'q', 's'),
          new Magic(Format.SQUASHFS, 0, 's', 'q', 's', 'h'),
          new Magic(Format.JFS, 32_768, 'J', 'F', 'S', '1'),
          new Magic(Format.NILFS2, 1024, 2, 0, 0, 0, 0, 0, 0x34, 0x34),
          new Magic(Format.REISERFS, 65_588, 'R', 'e', 'I', 's', 'E', 'r'),
          new Magic(Format.REISERFS, 65_536, 'R', 'e', 'I', 's', 'E', 'r', '4'),
          new Magic(Format.REISERFS, 8244, 'R', 'e', 'I', 's', 'E', 'r'),
          new Magic(Format.EROFS, 1024, 0xE2, 0xE1, 0xF5, 0xE0),
          new Magic(Format.CRAMFS, 0, 0x45, 0x3D, 0xCD, 0x28),
          new Magic(Format.CRAMFS, 0, 0x28, 0xCD, 0x3D, 0x45),
          new Magic(Format.ROMFS, 0, '-', 'r', 'o', 'm', '1', 'f', 's', '-'),
          new Magic(Format.UFS, 8192 + 1372, 0x54, 0x19, 0x01, 0x00),
          new Magic(Format.UFS, 65_536 + 1372, 0x19, 0x01, 0x54, 0x19),
          new Magic(Format.GFS2, 65_536, 0x01, 0x16, 0x19, 0x70),
          new Magic(Format.OCFS2, 2048, 'O', 'C', 'F', 'S', 'V', '2'),
          new Magic(Format.OCFS2, 4096, 'O', 'C', 'F', 'S', 'V', '2'),
          new Magic(Format.OCFS2, 8192, 'O', 'C', 'F', 'S', 'V', '2'),
          new Magic(Format.BEFS, 544, 'B', 'F', 'S', '1'),
          new Magic(Format.BEFS, 32, 'B', 'F', 'S', '1'),
          new Magic(Format.VMFS, 1 << 20, 0x0D, 0xD0, 0x01, 0xC0),
          new Magic(Format.APPLE_MAP, 512, 'P', 'M', 0, 0),
          new Magic(Format.BSD_LABEL, 512, 0x57, 0x45, 0x56, 0x82));

  private static final int[] MINIX = {0x137F, 0x138F, 0x2468, 0x2478, 0x4D5A};

  @Override
  public void look(Region region, Sightings found) throws ReadFailedException {
    for (Magic magic : MAGICS) {
      if (region.at(magic.offset(), magic.bytes().length).hasBytes(0, magic.bytes())) {
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
      if (sane && old && superblock.u16(8) > 0 || third && superblock.u16(28) >= 1024) {
        found.sound(Format.MINIX, 1024);
        return;
      }
    }
  }
}
