package uk.usbguard.core.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** BitLocker, APFS, our own and what hides what it holds; and partitions that hold containers. */
class ContainersTest {

  private static final String LUKS = "luks2-aes-xts-plain64-512";
  private static final long MEBIBYTE = 1 << 20;

  private static MediumReport scan(MemoryMedium medium) {
    return MediaScan.scan(medium, false);
  }

  private static List<Reason> reasons(MediumReport report) {
    List<Reason> all = new ArrayList<>(report.reasons());
    report.extents().forEach(finding -> all.addAll(finding.reasons()));
    return all;
  }

  @ParameterizedTest
  @DisplayName("USB-02 a container that proves itself is verified")
  @ValueSource(
      strings = {"bitlocker-win10", "togo-plain-area", "apfs-encrypted", "ugc-exfat-chained"})
  void verified(String resource) {
    MediumReport report = scan(MemoryMedium.of(resource));
    assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.VERIFIED_ENCRYPTED);
  }

  @ParameterizedTest
  @DisplayName("USB-02 one that does not says why")
  @CsvSource({
    "bitlocker-clear-key,PLAINTEXT,CLEAR_KEY",
    "bitlocker-decrypting,PARTIAL,CONVERSION_UNDER_WAY",
    "bitlocker-encrypting,PARTIAL,CONVERSION_UNDER_WAY",
    "bitlocker-no-protector,PARTIAL,NO_KEY_SLOT",
    "bitlocker-unknown-method,PARTIAL,CIPHER_UNKNOWN",
    "bitlocker-one-copy-damaged,PARTIAL,COPY_DAMAGED",
    "bitlocker-used-space,PARTIAL,USED_SPACE_ONLY",
    "bitlocker-vista,PARTIAL,STRUCTURE_INVALID",
    "togo-letter-beside,PLAINTEXT,FILE_SYSTEM",
    "apfs,PLAINTEXT,FILE_SYSTEM",
    "apfs-container-flag-only,PLAINTEXT,FILE_SYSTEM",
    "lvm2,PARTIAL,STACKED_VOLUMES",
    "md-1.2,PARTIAL,STACKED_VOLUMES",
    "core-storage,PARTIAL,STACKED_VOLUMES",
    "ugc-fat12-letter-beside,PLAINTEXT,OTHER_FILES"
  })
  void saysWhy(String resource, Verdict verdict, Reason reason) {
    MediumReport report = scan(MemoryMedium.of(resource));
    assertThat(report.verdict()).as(report.toString()).isEqualTo(verdict);
    assertThat(reasons(report)).contains(reason);
  }

  @ParameterizedTest
  @DisplayName("USB-02 a LUKS2 in the one partition of any table is verified")
  @CsvSource({"gpt-zeros,1", "mbr-logical-zeros,2", "gpt4k-zeros,1", "hybrid-zeros,1"})
  void partitioned(String table, int mebibyte) {
    MemoryMedium medium = MemoryMedium.of(table).put(mebibyte * MEBIBYTE, MemoryMedium.of(LUKS));
    MediumReport report = scan(medium);
    assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.VERIFIED_ENCRYPTED);
  }

  @Test
  @DisplayName(
      "USB-02 with one copy of the GPT gone the partitions are found, and nothing is proven")
  void backupOnly() {
    MediumReport report =
        scan(MemoryMedium.of("gpt-backup-only-zeros").put(MEBIBYTE, MemoryMedium.of(LUKS)));
    assertThat(report.verdict()).isEqualTo(Verdict.PARTIAL);
    assertThat(report.reasons()).contains(Reason.TABLES_DIFFER);
    assertThat(report.extents())
        .anySatisfy(finding -> assertThat(finding.state()).isEqualTo(ExtentState.ENCRYPTED));
  }

  @ParameterizedTest
  @DisplayName("USB-02 a signature in the first mebibyte takes the proof away")
  @CsvSource({"fat12-c2,FAT32", "ext2-b1024,EXT", "xfs-crc1-m,XFS"})
  void hiddenInGap(String resource, Format seen) {
    MemoryMedium medium = MemoryMedium.of("gpt-zeros").put(MEBIBYTE, MemoryMedium.of(LUKS));
    MemoryMedium hidden = MemoryMedium.of(resource);
    for (long at = 0; at < 8192; at += 4096) {
      medium.write(128 * 1024 + at, hidden.page(at));
    }
    MediumReport report = scan(medium);
    assertThat(report.verdict()).isEqualTo(Verdict.PARTIAL);
    assertThat(reasons(report)).contains(Reason.GAP_HOLDS_SIGNATURE);
    assertThat(report.toString()).contains("format=" + seen);
  }

  @Test
  @DisplayName("An extended partition that points at itself ends, and nothing is proven")
  void loop() {
    byte[] entry = {0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0};
    MediumReport report =
        scan(MemoryMedium.of("mbr-logical-zeros").write(MEBIBYTE + 446 + 16, entry));
    assertThat(report.reasons()).contains(Reason.TABLE_LOOP);
    assertThat(report.verdict()).isEqualTo(Verdict.PARTIAL);
  }

  @Test
  @DisplayName("Any change of a GPT is seen or makes no difference; none throws")
  void mutatedTables() {
    long seed = Long.getLong("seed", 20_261_124);
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 60; round++) {
      MemoryMedium medium = MemoryMedium.of("gpt-zeros").put(MEBIBYTE, MemoryMedium.of("apfs"));
      for (int i = 0; i <= random.nextInt(12); i++) {
        medium.write(440 + random.nextInt(1200), (byte) random.nextInt(256));
      }
      assertThat(scan(medium).verdict())
          .as("round " + round + ", -Dseed=" + seed)
          .isNotEqualTo(Verdict.VERIFIED_ENCRYPTED);
    }
  }

  @Test
  @DisplayName("Any change of BitLocker's metadata or an APFS object map is survived")
  void mutatedContainers() {
    long seed = Long.getLong("seed", 20_261_124);
    SplittableRandom random = new SplittableRandom(seed);
    for (String resource : List.of("bitlocker-win10", "apfs-encrypted", "ugc-exfat-chained")) {
      for (int round = 0; round < 40; round++) {
        MemoryMedium medium = MemoryMedium.of(resource);
        int at = random.nextInt(4096);
        medium.write(at, (byte) (medium.page(0)[at] ^ (1 << random.nextInt(8))));
        assertThat(scan(medium)).as(resource + " " + at + ", -Dseed=" + seed).isNotNull();
      }
    }
  }
}
