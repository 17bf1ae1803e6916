package uk.usbguard.core.media;

import java.util.List;

/**
 * Partition tables that Linux reads where it finds no MBR and no GPT, and tables inside of a
 * partition. Nobody makes them on a stick today; but most lie where the header of a container has
 * bytes to spare, and the partitions that they name are mounted like any others. They are told by
 * what the kernel tells them by, and are not looked into.
 */
final class OtherTablesProbe implements Probe {

  /** The bytes, as characters from 0 to 255. */
  private record Magic(long offset, String bytes) {}

  private static final List<Magic> MAGICS =
      List.of(
          new Magic(0, "ER"), // Apple's driver map
          new Magic(0, "\u000B\u00E5\u00A9A"), // SGI
          new Magic(64, "WEV\u0082"), // OSF/1, and BSD in the first sector
          new Magic(248, "MOTOROLA"), // System V/68
          new Magic(512 + 12, "\u00EE\u00DE\r`"), // Solaris in a partition
          new Magic(29 * 512 + 4, "\r`^\u00CA"), // UnixWare in a partition
          new Magic(6 * 512, "PRIVHEAD"), // dynamic disks of Windows
          new Magic(16_384 - 72, "W)\u0003\0")); // Ultrix

  private static final int SECTOR = 512;
  private static final int AMIGA_SECTORS = 16;
  private static final int MARK = 510;
  private static final int BOOT_MARK = 0xAA55;
  private static final int SUN_MAGIC = 0xDABE;
  private static final int KARMA_MAGIC = 0xAB56;
  private static final int ATARI_FIRST = 454;
  private static final int ATARI_ENTRY = 12;

  @Override
  public void look(Region region, Sightings found) throws ReadFailedException {
    for (Magic magic : MAGICS) {
      if (region.at(magic.offset(), magic.bytes().length()).has(0, magic.bytes())) {
        found.sound(Format.OTHER_TABLE, magic.offset());
      }
    }
    for (int sector = 0; sector < AMIGA_SECTORS; sector++) {
      if (region.at((long) sector * SECTOR, 4).has(0, "RDSK")) {
        found.sound(Format.OTHER_TABLE, (long) sector * SECTOR);
      }
    }
    Block first = region.at(0, SECTOR);
    if (isSun(first) || isKarma(first) || isAtari(first, region.length() / SECTOR)) {
      found.sound(Format.OTHER_TABLE, 0);
    }
  }

  /** The exclusive or of all its words is zero. */
  private static boolean isSun(Block sector) {
    int sum = 0;
    for (int at = 0; at < SECTOR; at += 2) {
      sum ^= sector.u16be(at);
    }
    return sector.u16be(MARK - 2) == SUN_MAGIC && sum == 0;
  }

  private static boolean isKarma(Block sector) {
    return sector.u16(MARK) == KARMA_MAGIC && (sector.u8(274) == 0x4D || sector.u8(290) == 0x4D);
  }

  /** No magic word: one of four entries that is in use, has a name and lies on the medium. */
  private static boolean isAtari(Block sector, long sectors) {
    if (sector.u16(MARK) == BOOT_MARK) {
      return false;
    }
    for (int i = 0; i < 4; i++) {
      int at = ATARI_FIRST + i * ATARI_ENTRY;
      boolean used = (sector.u8(at) & 1) != 0;
      boolean named =
          isAlphanumeric(sector.u8(at + 1))
              && isAlphanumeric(sector.u8(at + 2))
              && isAlphanumeric(sector.u8(at + 3));
      if (used && named && sector.u32be(at + 4) + sector.u32be(at + 8) <= sectors) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAlphanumeric(int c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }
}
