package uk.usbguard.core.media;

import java.util.Locale;

/**
 * Why something is not more than it is. The code is for scripts, registers and logs and never
 * changes; sentences are made of it by front ends.
 */
public enum Reason {
  /** A file system lies here that anybody can mount. */
  FILE_SYSTEM(Grade.READABLE),
  /** Data without a known structure that is not random: anybody can read it. */
  UNKNOWN_DATA(Grade.READABLE),
  /** The container encrypts with nothing: cipher_null. */
  NULL_CIPHER(Grade.READABLE),
  /** Part of the container is passed through as it is. */
  LINEAR_SEGMENT(Grade.READABLE),
  /** The key lies beside the data in clear: BitLocker suspended or being taken off. */
  CLEAR_KEY(Grade.READABLE),
  /** Where the ciphertext should be, a file system can be read. */
  PAYLOAD_READABLE(Grade.READABLE),
  /** The container holds a volume that is not encrypted. */
  VOLUME_UNENCRYPTED(Grade.READABLE),
  /** Beside our container lie files that are not encrypted. */
  OTHER_FILES(Grade.READABLE),
  /** Files that are not encrypted, and no container of ours. */
  PLAIN_FILES(Grade.READABLE),
  /** A signature without a sound structure behind it. */
  STRUCTURE_INVALID(Grade.DOUBT),
  /** One of the copies that such a container keeps of its header is damaged or missing. */
  COPY_DAMAGED(Grade.DOUBT),
  /** The copies contradict each other. */
  COPIES_DIFFER(Grade.DOUBT),
  /** A cipher, mode, hash or method that is not on the list. */
  CIPHER_UNKNOWN(Grade.DOUBT),
  /** No key slot or protector is in use: nobody can open it, so it is no real container. */
  NO_KEY_SLOT(Grade.DOUBT),
  /** The key material is not random: this is no real container. */
  KEY_MATERIAL_STRUCTURED(Grade.DOUBT),
  /** A header for data that lie elsewhere. */
  DETACHED(Grade.DOUBT),
  /** Encryption, decryption or a change of keys is under way. */
  CONVERSION_UNDER_WAY(Grade.DOUBT),
  /** Only what was written since is encrypted; what lay here before may still be read. */
  USED_SPACE_ONLY(Grade.DOUBT),
  /** Only the drive's own firmware encrypts. */
  FIRMWARE_ONLY(Grade.DOUBT),
  /** The container does not reach to the end of its extent. */
  PAYLOAD_SHORT(Grade.DOUBT),
  /** Among the ciphertext lie data that are not random, such as remains from before. */
  PAYLOAD_STRUCTURED(Grade.DOUBT),
  /** Whether each volume in it is encrypted could not be found out. */
  VOLUMES_UNRESOLVED(Grade.DOUBT),
  /** Volumes (LVM, RAID, ZFS) that are not looked into. */
  STACKED_VOLUMES(Grade.DOUBT),
  /** Two things that exclude each other lie in one place. */
  CONTRADICTION(Grade.DOUBT),
  /** The spare copy of a file system's start: it lay here before. */
  REMAINS(Grade.DOUBT),
  /** A partition table that breaks its own rules. */
  TABLE_INVALID(Grade.DOUBT),
  /** The primary and the backup partition table differ. */
  TABLES_DIFFER(Grade.DOUBT),
  /** A chain of partitions that runs in a circle or does not end. */
  TABLE_LOOP(Grade.DOUBT),
  /** More partitions than are looked at. */
  TOO_MANY_PARTITIONS(Grade.DOUBT),
  /** Partitions lie over one another. */
  OVERLAP(Grade.DOUBT),
  /** It ends behind the end of the medium. */
  BEYOND_END(Grade.DOUBT),
  /** Space that no partition accounts for, too large to be read whole. */
  GAP_TOO_LARGE(Grade.DOUBT),
  /** Space that no partition accounts for holds data. */
  GAP_HOLDS_DATA(Grade.DOUBT),
  /** Space that no partition accounts for holds the signature of a file system or container. */
  GAP_HOLDS_SIGNATURE(Grade.DOUBT),
  /** A directory that is too large or too broken to be listed whole. */
  LISTING_INCOMPLETE(Grade.DOUBT),
  /** Random-looking without a header: VeraCrypt, plain dm-crypt, a detached header, or noise. */
  RANDOM_LOOKING(Grade.DOUBT),
  /** The scan's limit of bytes was reached before all was looked at. */
  READ_BUDGET(Grade.DOUBT),
  /** The system reported an error. */
  READ_FAILED(Grade.UNREADABLE),
  /** It did not answer in time, and was not asked again. */
  TOO_SLOW(Grade.UNREADABLE),
  /** It ended before its end. */
  SHORT_READ(Grade.UNREADABLE),
  /** No medium is in the drive, or it is empty and zero bytes long. */
  NO_MEDIUM(Grade.UNREADABLE),
  /** It claims a size that no medium has. */
  SIZE_IMPOSSIBLE(Grade.UNREADABLE);

  /** What a reason alone does to a verdict. */
  enum Grade {
    READABLE,
    DOUBT,
    UNREADABLE
  }

  private final Grade grade;

  Reason(Grade grade) {
    this.grade = grade;
  }

  Grade grade() {
    return grade;
  }

  /** The stable name for scripts: lower case with hyphens. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
