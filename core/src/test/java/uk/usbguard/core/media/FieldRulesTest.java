package uk.usbguard.core.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static uk.usbguard.core.media.Seen.changed;
import static uk.usbguard.core.media.Seen.hex;
import static uk.usbguard.core.media.Seen.isSound;
import static uk.usbguard.core.media.Seen.names;
import static uk.usbguard.core.media.Seen.scan;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule of a file system's first block, broken on a medium that a real tool made. */
class FieldRulesTest {

  @ParameterizedTest
  @DisplayName("USB-02 a superblock that breaks one rule of its format is not a sound one")
  @CsvSource({
    "ext4-b4096,EXT,1024,1024,00000000,inodes",
    "ext4-b4096,EXT,1024,1028,00000000,blocks",
    "ext4-b4096,EXT,1024,1048,07000000,block size",
    "ext4-b4096,EXT,1024,1056,00000000,blocks of a group",
    "ext4-b4096,EXT,1024,1064,00000000,inodes of a group",
    "ext4-b4096,EXT,1024,1100,02000000,revision",
    "ext4-b4096,EXT,1024,1080,54EF,magic",
    "xfs-crc1-m,XFS,0,4,00000003,block size",
    "xfs-crc1-m,XFS,0,8,0000000000000000,blocks",
    "xfs-crc1-m,XFS,0,88,00000000,allocation groups",
    "xfs-crc1-m,XFS,0,102,0000,sector size",
    "btrfs,BTRFS,65536,65584,0000020000000000,its own place",
    "f2fs-encrypt,F2FS,1024,1040,0B000000,block size",
    "f2fs-encrypt,F2FS,1024,1060,0000000000000000,blocks",
    "ntfs-c4096,NTFS,0,11,0300,sector size",
    "ntfs-c4096,NTFS,0,13,00,cluster of no sectors",
    "ntfs-c4096,NTFS,0,13,E0,cluster of 2^32 sectors",
    "ntfs-c4096,NTFS,0,13,F8,cluster of 2^8 sectors",
    "ntfs-c4096,NTFS,0,14,0100,reserved sectors",
    "ntfs-c4096,NTFS,0,16,02,number of FATs",
    "ntfs-c4096,NTFS,0,40,0000000000000000,sectors",
    "ntfs-c4096,NTFS,0,48,0000000000000000,place of its table",
    "ntfs-c4096,NTFS,0,48,FFFFFFFFFFFFFFFF,place above 2^63",
    "ntfs-c4096,NTFS,0,56,0000000000000000,place of the copy",
    "exfat-c4K,EXFAT,0,200,01,checksum",
    "exfat-c4K,EXFAT,0,108,08,sectors of 256",
    "exfat-c4K,EXFAT,0,108,0D,sectors of 8192",
    "minix-1,MINIX,1024,1024,0000,inodes",
    "minix-1,MINIX,1024,1028,0000,blocks of the inode map",
    "minix-1,MINIX,1024,1030,0000,blocks of the zone map",
    "minix-1,MINIX,1024,1032,0000,first zone",
    "minix-1,MINIX,1024,1034,0100,size of a zone"
  })
  void oneRule(String resource, Format format, long place, long at, String bytes, String what) {
    assertThat(isSound(scan(MemoryMedium.of(resource)), format, place)).isTrue();

    MediumReport report = scan(changed(resource, at, bytes));

    assertThat(isSound(report, format, place)).as(what).isFalse();
    assertThat(report.verdict()).as(what).isNotIn(Verdict.VERIFIED_ENCRYPTED, Verdict.EMPTY);
  }

  @Test
  @DisplayName("USB-02 a cluster of NTFS may also be given as a power of two: F4 is 4096 sectors")
  void largeClusters() {
    assertThat(isSound(scan(changed("ntfs-c4096", 13, "F4")), Format.NTFS, 0)).isTrue();
  }

  @ParameterizedTest
  @DisplayName("a boot sector that no system would mount is no FAT")
  @CsvSource({
    "11,0001,sectors of 256",
    "11,0020,sectors of 8192",
    "13,00,no sector in a cluster",
    "13,03,three sectors in a cluster",
    "14,0000,no reserved sector",
    "16,00,no FAT",
    "16,05,five FATs",
    "21,00,media 00",
    "22,0000,a FAT of no sectors",
    "19,0000,no sectors",
    "19,0100,fewer sectors than its tables take",
    "17,0000,no root directory"
  })
  void noFat(int at, String bytes, String what) {
    assertThat(FatVolume.read(boot(MemoryMedium.of("fat12-c2")))).isPresent();
    assertThat(FatVolume.read(boot(changed("fat12-c2", at, bytes)))).as(what).isEmpty();
  }

  @Test
  @DisplayName("neither the jump nor 55 AA nor the word FAT makes a FAT: Linux asks for none")
  void withoutWords() {
    MemoryMedium medium =
        MemoryMedium.of("fat12-c2").write(0, new byte[11]).write(510, hex("0000"));
    medium.write(54, "NOT A FAT".getBytes(ISO_8859_1));
    assertThat(isSound(scan(medium), Format.FAT12, 0)).isTrue();
    assertThat(isSound(scan(medium.write(21, hex("F0"))), Format.FAT12, 0)).isTrue();
  }

  @ParameterizedTest
  @DisplayName("a boot sector that breaks the specification of exFAT is none")
  @CsvSource({
    "0,E9,jump",
    "11,01,must be zero",
    "63,01,must be zero",
    "510,0000,mark",
    "108,08,sectors of 256",
    "108,0D,sectors of 8192",
    "109,17,clusters of 64 MiB",
    "110,00,no FAT",
    "110,03,three FATs",
    "80,00000000,place of the FAT",
    "92,00000000,clusters"
  })
  void noExfat(int at, String bytes, String what) {
    assertThat(ExfatVolume.read(boot(MemoryMedium.of("exfat-c4K")))).isPresent();
    assertThat(ExfatVolume.read(boot(changed("exfat-c4K", at, bytes)))).as(what).isEmpty();
  }

  private static Block boot(MemoryMedium medium) {
    return new Block(medium.read(0, 512));
  }

  @ParameterizedTest
  @DisplayName("USB-02 swap of today and of the last century is plaintext")
  @ValueSource(strings = {"SWAPSPACE2", "SWAP-SPACE"})
  void swap(String word) {
    MemoryMedium medium = new MemoryMedium(1 << 20).write(4086, word.getBytes(ISO_8859_1));
    assertThat(isSound(scan(medium), Format.SWAP, 4086)).isTrue();
    assertThat(scan(medium).verdict()).isEqualTo(Verdict.PLAINTEXT);
  }

  @ParameterizedTest
  @DisplayName("USB-02 volume managers and labels are never proof, whatever lies in them")
  @CsvSource({
    "4120,C68573F64E1A45CA 8265F57F48BA6D81,BCACHEFS",
    "4120,C68573F666CE90A9 D96A60CF803DF7EF,BCACHEFS",
    "135168,0CB1BA0000000000,ZFS",
    "135168,0000000000BAB10C,ZFS",
    "397312,0CB1BA0000000000,ZFS",
    "4096,FC4E2BA9,MD_RAID",
    "4096,A92B4EFC,MD_RAID",
    "512,504D0000,APPLE_MAP",
    "512,57455682,BSD_LABEL",
    "64,57455682,OTHER_TABLE",
    "248,4D4F544F524F4C41,OTHER_TABLE",
    "524,EEDE0D60,OTHER_TABLE",
    "14852,0D605ECA,OTHER_TABLE",
    "3072,5052495648454144,OTHER_TABLE",
    "16312,57290300,OTHER_TABLE",
    "1024,5244534B,OTHER_TABLE",
    "7680,5244534B,OTHER_TABLE",
    "454,01 47454D 00000800 00000800,OTHER_TABLE",
    "478,81 42474D 00000800 00000800,OTHER_TABLE"
  })
  void stacks(long at, String bytes, Format format) {
    MemoryMedium noise = MemoryMedium.of(Seen.LUKS2).write(at, hex(bytes));
    assertThat(names(scan(noise), format)).isTrue();
    assertThat(scan(noise).isEncrypted()).isFalse();

    MemoryMedium alone = new MemoryMedium(16 << 20).write(at, hex(bytes));
    assertThat(scan(alone).verdict()).isEqualTo(Verdict.PARTIAL);
    assertThat(Seen.reasons(scan(alone))).containsExactly(Reason.STACKED_VOLUMES);
  }

  @ParameterizedTest
  @DisplayName("a label of LVM whose checksum or place is wrong is a damaged one, and no proof")
  @CsvSource({"528,00000000", "520,0200000000000000", "600,FF"})
  void lvm(long at, String bytes) {
    assertThat(isSound(scan(MemoryMedium.of("lvm2")), Format.LVM2, 512)).isTrue();
    MediumReport report = scan(changed("lvm2", at, bytes));
    assertThat(isSound(report, Format.LVM2, 512)).isFalse();
    assertThat(report.verdict()).isEqualTo(Verdict.PARTIAL);
  }

  @ParameterizedTest
  @DisplayName("a volume header of CoreStorage of another version is not taken for one")
  @CsvSource({"8,0200", "10,1100", "88,4354"})
  void coreStorage(long at, String bytes) {
    assertThat(names(scan(MemoryMedium.of("core-storage")), Format.CORE_STORAGE)).isTrue();
    MediumReport report = scan(changed("core-storage", at, bytes));
    assertThat(names(report, Format.CORE_STORAGE)).isFalse();
    assertThat(report.isEncrypted()).isFalse();
  }

  @Test
  @DisplayName("USB-02 UDF is found by its anchors alone, and not by an anchor that breaks a rule")
  void anchors() {
    MemoryMedium medium = MemoryMedium.of("udf-hd-2.01").write(32_768, new byte[8192]);
    List<Long> places =
        Seen.sightings(scan(medium))
            .filter(s -> s.format() == Format.UDF)
            .map(Evidence.Sighting::offsetBytes)
            .toList();
    assertThat(places).contains(256L * 512);
    for (String change : List.of("0:03", "4:FF", "12:01")) {
      MemoryMedium broken = MemoryMedium.of("udf-hd-2.01").write(32_768, new byte[8192]);
      long at = Long.parseLong(change.substring(0, change.indexOf(':')));
      byte[] bytes = hex(change.substring(change.indexOf(':') + 1));
      places.forEach(place -> broken.write(place + at, bytes));
      assertThat(names(scan(broken), Format.UDF)).as(change).isFalse();
    }
  }

  @Test
  @DisplayName("USB-02 an ISO 9660 of 1986 and a UDF behind other descriptors are plaintext")
  void opticals() {
    MemoryMedium highSierra = new MemoryMedium(1 << 20).write(32_777, ascii("CDROM"));
    assertThat(names(scan(highSierra), Format.ISO9660)).isTrue();

    MemoryMedium udf = new MemoryMedium(1 << 20);
    List<String> words = List.of("BEA01", "BOOT2", "CDW02", "NSR02");
    for (int i = 0; i < words.size(); i++) {
      udf.write(32_769 + 2048L * i, ascii(words.get(i)));
    }
    assertThat(isSound(scan(udf), Format.UDF, 32_768 + 3 * 2048)).isTrue();
  }

  @Test
  @DisplayName("descriptors that never end are read 64 of, not for ever")
  void endlessDescriptors() {
    MemoryMedium medium = new MemoryMedium(8 << 20);
    for (int i = 0; i < 4000; i++) {
      medium.write(32_769 + 2048L * i, ascii(i == 200 ? "NSR03" : "BEA01"));
    }
    assertThat(names(scan(medium), Format.UDF)).isFalse();
    assertThat(scan(medium).isEncrypted()).isFalse();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
