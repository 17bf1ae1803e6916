package uk.usbguard.core.media;

/** What a structure on a medium belongs to. */
public enum Format {
  FAT12(Kind.FILE_SYSTEM, "FAT12"),
  FAT16(Kind.FILE_SYSTEM, "FAT16"),
  FAT32(Kind.FILE_SYSTEM, "FAT32"),
  EXFAT(Kind.FILE_SYSTEM, "exFAT"),
  NTFS(Kind.FILE_SYSTEM, "NTFS"),
  REFS(Kind.FILE_SYSTEM, "ReFS"),
  EXT(Kind.FILE_SYSTEM, "ext2/3/4"),
  XFS(Kind.FILE_SYSTEM, "XFS"),
  BTRFS(Kind.FILE_SYSTEM, "Btrfs"),
  F2FS(Kind.FILE_SYSTEM, "F2FS"),
  HFS(Kind.FILE_SYSTEM, "HFS"),
  HFS_PLUS(Kind.FILE_SYSTEM, "HFS+"),
  APFS(Kind.FILE_SYSTEM, "APFS"),
  ISO9660(Kind.FILE_SYSTEM, "ISO 9660"),
  UDF(Kind.FILE_SYSTEM, "UDF"),
  SQUASHFS(Kind.FILE_SYSTEM, "squashfs"),
  SWAP(Kind.FILE_SYSTEM, "swap"),
  JFS(Kind.FILE_SYSTEM, "JFS"),
  NILFS2(Kind.FILE_SYSTEM, "NILFS2"),
  REISERFS(Kind.FILE_SYSTEM, "ReiserFS"),
  MINIX(Kind.FILE_SYSTEM, "Minix"),
  EROFS(Kind.FILE_SYSTEM, "EROFS"),
  CRAMFS(Kind.FILE_SYSTEM, "cramfs"),
  ROMFS(Kind.FILE_SYSTEM, "romfs"),
  UFS(Kind.FILE_SYSTEM, "UFS"),
  GFS2(Kind.FILE_SYSTEM, "GFS2"),
  OCFS2(Kind.FILE_SYSTEM, "OCFS2"),
  BEFS(Kind.FILE_SYSTEM, "BeFS"),
  VMFS(Kind.FILE_SYSTEM, "VMFS"),
  LVM2(Kind.STACK, "LVM2"),
  MD_RAID(Kind.STACK, "Linux RAID"),
  ZFS(Kind.STACK, "ZFS"),
  BCACHEFS(Kind.STACK, "bcachefs"),
  CORE_STORAGE(Kind.STACK, "CoreStorage"),
  LUKS1(Kind.CONTAINER, "LUKS1"),
  LUKS2(Kind.CONTAINER, "LUKS2"),
  BITLOCKER(Kind.CONTAINER, "BitLocker"),
  BITLOCKER_TO_GO(Kind.CONTAINER, "BitLocker To Go"),
  APFS_ENCRYPTED(Kind.CONTAINER, "encrypted APFS"),
  USBGUARD(Kind.CONTAINER, "usbguard container"),
  MBR(Kind.TABLE, "MBR"),
  GPT(Kind.TABLE, "GPT"),
  APPLE_MAP(Kind.STACK, "Apple partition map"),
  BSD_LABEL(Kind.STACK, "BSD disk label"),
  OTHER_TABLE(Kind.STACK, "partition table of another system");

  /** What kind of structure it is. */
  public enum Kind {
    /** Anybody who has the medium can read it. */
    FILE_SYSTEM,
    /** Volumes that may hold anything. */
    STACK,
    /** Encrypts what is in it, if it proves sound. */
    CONTAINER,
    /** Says where partitions lie. */
    TABLE
  }

  private final Kind kind;
  private final String label;

  Format(Kind kind, String label) {
    this.kind = kind;
    this.label = label;
  }

  /** What kind of structure it is. */
  public Kind kind() {
    return kind;
  }

  /** The name that people know it by, in any language. */
  public String label() {
    return label;
  }
}
