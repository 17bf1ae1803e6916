package uk.usbguard.core.media;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.usbguard.core.media.Seen.MEBIBYTE;
import static uk.usbguard.core.media.Seen.changed;
import static uk.usbguard.core.media.Seen.hex;
import static uk.usbguard.core.media.Seen.reasons;
import static uk.usbguard.core.media.Seen.scan;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule of BitLocker's boot sector and metadata, broken in one copy or in all three. */
class BitLockerRulesTest {

  private static final String WIN10 = "bitlocker-win10";
  private static final long[] COPIES = {12 * MEBIBYTE, 16 * MEBIBYTE, 20 * MEBIBYTE};

  @ParameterizedTest
  @DisplayName(
      "USB-02 a copy of the metadata that breaks one rule is damaged; without a copy: none")
  @CsvSource({
    "0,00,signature",
    "10,0100,version of Vista",
    "32,0000000000000001,place of the first copy",
    "40,0000000000000001,place of the second copy",
    "48,0000000000000001,place of the third copy",
    "64,2F000000,shorter than its header",
    "64,C1FF0000,longer than its block",
    "68,02000000,version",
    "72,31000000,length of the header",
    "76,00000000,length once more",
    "112,0700,an entry shorter than its own header",
    "112,FFFF,an entry over the end"
  })
  void metadata(long at, String bytes, String what) {
    MediumReport one = scan(changed(WIN10, COPIES[1] + at, bytes));
    assertThat(reasons(one)).as(what).contains(Reason.COPY_DAMAGED);
    assertThat(one.verdict()).as(what).isEqualTo(Verdict.PARTIAL);

    MediumReport all = scan(inAll(at, bytes));
    assertThat(reasons(all)).as(what).contains(Reason.STRUCTURE_INVALID);
    assertThat(all.isEncrypted()).as(what).isFalse();
    assertThat(all.fingerprints()).as(what).isEmpty();
  }

  private static MemoryMedium inAll(long at, String bytes) {
    MemoryMedium medium = MemoryMedium.of(WIN10);
    for (long copy : COPIES) {
      medium.write(copy + at, hex(bytes));
    }
    return medium;
  }

  @ParameterizedTest
  @DisplayName("USB-02 what sound metadata say takes the proof away, and is named")
  @CsvSource({
    "12,0500,CONVERSION_UNDER_WAY,state: decrypting",
    "14,0100,CONVERSION_UNDER_WAY,state after: decrypted",
    "16,0000800000000000,CONVERSION_UNDER_WAY,8 MiB encrypted",
    "16,FFFFFFFFFFFFFFFF,CONVERSION_UNDER_WAY,a size above 2^63",
    "100,0680,CIPHER_UNKNOWN,method 8006",
    "100,FF7F,CIPHER_UNKNOWN,method 7FFF",
    "112,0000,NO_KEY_SLOT,no entry",
    "114,0300,NO_KEY_SLOT,no entry of a master key",
    "116,0700,NO_KEY_SLOT,an entry of another type"
  })
  void says(long at, String bytes, Reason reason, String what) {
    MediumReport report = scan(inAll(at, bytes));
    assertThat(reasons(report)).as(what).contains(reason);
    assertThat(report.isEncrypted()).as(what).isFalse();
  }

  @Test
  @DisplayName("USB-02 copies that contradict each other prove nothing")
  void copiesDiffer() {
    MediumReport report = scan(changed(WIN10, COPIES[2] + 100, "0580"));
    assertThat(reasons(report)).contains(Reason.COPIES_DIFFER);
    assertThat(report.verdict()).isEqualTo(Verdict.PARTIAL);
  }

  @ParameterizedTest
  @DisplayName("USB-02 a boot sector that breaks one rule is not BitLocker's, wherever it points")
  @CsvSource({
    "510,0000,STRUCTURE_INVALID",
    "0,EB5290,STRUCTURE_INVALID",
    "160,00,STRUCTURE_INVALID",
    "176,0000000000000000,COPY_DAMAGED",
    "176,FF01000000000000,COPY_DAMAGED",
    "184,FFFFFFFFFFFFFF7F,COPY_DAMAGED",
    "192,00000000000000FF,COPY_DAMAGED",
    "192,0100FF0100000000,COPY_DAMAGED"
  })
  void bootSector(long at, String bytes, Reason reason) {
    MediumReport report = scan(changed(WIN10, at, bytes));
    assertThat(reasons(report)).contains(reason);
    assertThat(report.isEncrypted()).isFalse();
  }

  @Test
  @DisplayName("USB-02 a FAT32 that bears Windows' old name is To Go only with its identifier")
  void toGoIdentifier() {
    MediumReport report = scan(changed("togo-plain-area", 424, "00"));
    assertThat(Seen.names(report, Format.BITLOCKER_TO_GO)).isFalse();
    assertThat(report.verdict()).isEqualTo(Verdict.PLAINTEXT);
  }

  @ParameterizedTest
  @DisplayName("USB-02 another file system beside that of To Go, or a broken one, is plaintext")
  @CsvSource({"32769,4344303031", "1080,53EF", "13,80"})
  void toGoAndMore(long at, String bytes) {
    MemoryMedium medium = MemoryMedium.of("togo-plain-area");
    assertThat(scan(medium).verdict()).isEqualTo(Verdict.VERIFIED_ENCRYPTED);
    if (at == 1080) {
      medium.put(0, ext(medium));
    }
    medium.write(at, hex(bytes));
    MediumReport report = scan(medium);
    assertThat(report.isEncrypted()).as(report.toString()).isFalse();
  }

  /** The superblock of a real ext2 below the boot sector of To Go. */
  private static MemoryMedium ext(MemoryMedium below) {
    byte[] superblock = MemoryMedium.of("ext2-b1024").read(1024, 1024);
    return new MemoryMedium(below.sizeBytes())
        .write(0, below.read(0, 1024))
        .write(1024, superblock)
        .write(2048, below.read(2048, 2048));
  }

  @ParameterizedTest
  @DisplayName(
      "USB-02 a file of To Go that is larger than Microsoft's, or a folder, is a letter's hiding place")
  @CsvSource({"'BITLOC~1EXE',28,00008001", "'README~1URL',28,00080000", "'AUTORUN INF',11,10"})
  void toGoFiles(String name, int at, String bytes) {
    MemoryMedium medium = MemoryMedium.of("togo-plain-area");
    long entry = find(medium, name);
    MediumReport report = scan(medium.write(entry + at, hex(bytes)));
    assertThat(report.isEncrypted()).as(report.toString()).isFalse();
    assertThat(reasons(report)).contains(Reason.FILE_SYSTEM);
  }

  /** Where the short entry of a file lies in the root. */
  private static long find(MemoryMedium medium, String shortName) {
    FatVolume volume = FatVolume.read(new Block(medium.read(0, 512))).orElseThrow();
    byte[] root = medium.read(volume.dataStart(), 8192);
    int at = new String(root, StandardCharsets.ISO_8859_1).indexOf(shortName);
    assertThat(at).as(shortName).isNotNegative();
    return volume.dataStart() + at;
  }
}
