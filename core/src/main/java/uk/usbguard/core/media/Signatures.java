package uk.usbguard.core.media;

import java.util.Optional;

/** Weak signs, for places where nothing may be at all: a word or two at the start of a sector. */
final class Signatures {

  private Signatures() {}

  /** What begins here, by its look. A superblock that lies further in is found at its sector. */
  static Optional<Format> at(Block bytes, int at) {
    Block sector = bytes.part(at, 512);
    if (FatVolume.read(sector).isPresent()) {
      return Optional.of(Format.FAT32);
    }
    if (sector.has(3, "EXFAT   ")) {
      return Optional.of(Format.EXFAT);
    }
    if (sector.has(3, "NTFS    ")) {
      return Optional.of(Format.NTFS);
    }
    if (sector.has(3, "-FVE-FS-") || sector.has(0, "-FVE-FS-")) {
      return Optional.of(Format.BITLOCKER);
    }
    if (sector.has(0, "LUKS\u00BA\u00BE") || sector.has(0, "SKUL\u00BA\u00BE")) {
      return Optional.of(sector.u16be(6) == 1 ? Format.LUKS1 : Format.LUKS2);
    }
    return superblock(sector);
  }

  private static Optional<Format> superblock(Block sector) {
    if (sector.u16(56) == 0xEF53 && sector.u32(24) <= 6 && sector.u32(32) > 0) {
      return Optional.of(Format.EXT);
    }
    if (sector.has(0, "XFSB")) {
      return Optional.of(Format.XFS);
    }
    if (sector.has(64, "_BHRfS_M")) {
      return Optional.of(Format.BTRFS);
    }
    if (sector.has(1, "CD001")) {
      return Optional.of(Format.ISO9660);
    }
    if (sector.has(32, "NXSB")) {
      return Optional.of(Format.APFS);
    }
    if (sector.has(0, "H+\0\u0004") || sector.has(0, "HX\0\u0005")) {
      return Optional.of(Format.HFS_PLUS);
    }
    return sector.has(0, "hsqs") ? Optional.of(Format.SQUASHFS) : Optional.empty();
  }
}
