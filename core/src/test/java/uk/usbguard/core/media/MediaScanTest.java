package uk.usbguard.core.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a scan says of media that real tools made, of damaged ones and of liars. */
class MediaScanTest {

  private static final String LUKS1 = "luks1-aes-xts-plain64-512";
  private static final String LUKS2 = "luks2-aes-xts-plain64-512";
  private static final long TERABYTE = 1_000_000_000_000L;

  private static MediumReport scan(MemoryMedium medium) {
    return MediaScan.scan(medium, false);
  }

  private static byte[] text(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) "Dear Mrs Example, your results are in. ".charAt(i % 39);
    }
    return bytes;
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(7).nextBytes(bytes);
    return bytes;
  }

  private static List<Reason> reasons(MediumReport report) {
    List<Reason> all = new ArrayList<>(report.reasons());
    report.extents().forEach(finding -> all.addAll(finding.reasons()));
    return all;
  }

  @ParameterizedTest
  @DisplayName("USB-02 every file system that anybody can mount is plaintext, and is named")
  @CsvSource({
    "fat12-c2,FAT12",
    "fat32-c1,FAT32",
    "exfat-c4K,EXFAT",
    "ntfs-c4096,NTFS",
    "ext2-b1024,EXT",
    "ext4-b4096,EXT",
    "xfs-crc1-m,XFS",
    "btrfs,BTRFS",
    "f2fs-encrypt,F2FS",
    "udf-hd-2.01,UDF",
    "iso-both,ISO9660",
    "squashfs-xz,SQUASHFS",
    "swap-p4096,SWAP",
    "minix-1,MINIX",
    "jfs,JFS",
    "hfs,HFS",
    "hfsplus,HFS_PLUS"
  })
  void plaintext(String resource, Format format) {
    MediumReport report = scan(MemoryMedium.of(resource));
    assertThat(report.verdict()).isEqualTo(Verdict.PLAINTEXT);
    assertThat(report.extents().get(0).evidence())
        .filteredOn(Evidence.Sighting.class::isInstance)
        .anySatisfy(
            e -> assertThat(((Evidence.Sighting) e).format()).as("of " + e).isEqualTo(format));
    assertThat(reasons(report)).contains(Reason.FILE_SYSTEM);
  }

  @ParameterizedTest
  @DisplayName("USB-02 a container of cryptsetup is verified, without a reason against it")
  @ValueSource(strings = {LUKS1, LUKS2})
  void verified(String resource) {
    MediumReport report = scan(MemoryMedium.of(resource));
    assertThat(report.verdict()).isEqualTo(Verdict.VERIFIED_ENCRYPTED);
    assertThat(report.isEncrypted()).isTrue();
    assertThat(reasons(report)).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("USB-02 a device that gives 1,000 bytes a read is judged as if it gave all")
  @ValueSource(strings = {LUKS1, LUKS2, "fat32-c1", "ext4-b4096", "gpt-zeros"})
  void shortReads(String resource) {
    MediumReport all = scan(MemoryMedium.of(resource));
    MediumReport inPieces = scan(MemoryMedium.of(resource).givingAtMost(1_000));

    assertThat(inPieces.verdict()).isEqualTo(all.verdict());
    assertThat(inPieces.extents()).isEqualTo(all.extents());
  }

  @ParameterizedTest
  @DisplayName("USB-02 a real LUKS header over a file system that is still there is plaintext")
  @CsvSource({
    "ext4-b4096,1024",
    "btrfs,32768",
    "udf-hd-2.01,32768",
    "iso-both,32768",
    "swap-p4096,4000",
    "f2fs-encrypt,1024",
    "jfs,32768",
    "minix-1,1024"
  })
  void realHeaderOverFileSystem(String resource, int length) {
    for (String luks : List.of(LUKS1, LUKS2)) {
      MemoryMedium medium = MemoryMedium.of(resource);
      MemoryMedium header = MemoryMedium.of(luks);
      for (int at = 0; at < length; at++) {
        medium.write(at, header.page(at)[at % 4096]);
      }
      assertThat(scan(medium).verdict()).as(luks).isEqualTo(Verdict.PLAINTEXT);
    }
  }

  @ParameterizedTest
  @DisplayName("USB-02 letters where ciphertext should be take the proof away")
  @ValueSource(strings = {LUKS1, LUKS2})
  void structuredPayload(String resource) {
    MediumReport report = scan(MemoryMedium.of(resource).write(20 << 20, text(4 << 20)));
    assertThat(report.verdict()).isEqualTo(Verdict.PARTIAL);
    assertThat(reasons(report)).containsExactly(Reason.PAYLOAD_STRUCTURED);
  }

  @Test
  @DisplayName("USB-02 one changed byte of a LUKS2 header takes the proof away, wherever it is")
  void luks2HeaderBytes() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 200; i++) {
      MemoryMedium medium = MemoryMedium.of(LUKS2);
      int at = random.nextInt(2 * 16_384);
      medium.write(at, (byte) (medium.page(at)[at % 4096] ^ 1 << random.nextInt(8)));
      assertThat(scan(medium).verdict())
          .as("byte " + at)
          .isNotIn(Verdict.VERIFIED_ENCRYPTED, Verdict.EMPTY);
    }
  }

  @Test
  @DisplayName("Null cipher, no slot in use, and key material that is not random are seen in LUKS1")
  void luks1Doubts() {
    byte[] nothing = "cipher_null\0".getBytes(StandardCharsets.US_ASCII);
    assertThat(reasons(scan(MemoryMedium.of(LUKS1).write(8, nothing))))
        .contains(Reason.NULL_CIPHER);
    assertThat(scan(MemoryMedium.of(LUKS1).write(8, nothing)).verdict())
        .isEqualTo(Verdict.PLAINTEXT);
    assertThat(
            reasons(
                scan(
                    MemoryMedium.of(LUKS1)
                        .write(208, (byte) 0, (byte) 0, (byte) 0xDE, (byte) 0xAD))))
        .contains(Reason.NO_KEY_SLOT);
    assertThat(reasons(scan(MemoryMedium.of(LUKS1).write(4096, new byte[256_000]))))
        .contains(Reason.KEY_MATERIAL_STRUCTURED);
    assertThat(reasons(scan(MemoryMedium.of(LUKS1).write(104, new byte[4]))))
        .contains(Reason.DETACHED);
    assertThat(reasons(scan(MemoryMedium.of(LUKS1).sized(1 << 20)))).contains(Reason.BEYOND_END);
  }

  @Test
  @DisplayName(
      "USB-02 a TrueCrypt volume of tcplay is opaque, never more: nothing on it shows what it is")
  void trueCrypt() {
    MediumReport report = scan(MemoryMedium.of("tcplay-aes-xts-sha512"));
    assertThat(report.verdict()).isEqualTo(Verdict.OPAQUE);
    assertThat(reasons(report)).containsExactly(Reason.RANDOM_LOOKING);
  }

  @Test
  @DisplayName("Noise is opaque, zeros are empty, letters without a file system are plaintext")
  void withoutStructure() {
    assertThat(scan(new MemoryMedium(4 << 20).write(0, noise(4 << 20))).verdict())
        .isEqualTo(Verdict.OPAQUE);
    assertThat(scan(new MemoryMedium(4 << 20)).verdict()).isEqualTo(Verdict.EMPTY);
    assertThat(scan(new MemoryMedium(4 << 20).write(0, text(4 << 20))).verdict())
        .isEqualTo(Verdict.PLAINTEXT);
    assertThat(scan(new MemoryMedium(512)).verdict()).isEqualTo(Verdict.EMPTY);
  }

  @ParameterizedTest
  @DisplayName("Impossible sizes are unreadable, and read nothing")
  @CsvSource({"0,NO_MEDIUM", "-1,NO_MEDIUM", "9223372036854775807,SIZE_IMPOSSIBLE"})
  void impossibleSizes(long size, Reason reason) {
    MediumReport report = scan(new MemoryMedium(size));
    assertThat(report.verdict()).isEqualTo(Verdict.UNREADABLE);
    assertThat(report.reasons()).containsExactly(reason);
    assertThat(report.bytesRead()).isZero();
  }

  @Test
  @DisplayName("A read error, an early end and a size that is not there are unreadable")
  void readErrors() {
    assertThat(scan(MemoryMedium.of(LUKS2).failingFrom(0)).verdict()).isEqualTo(Verdict.UNREADABLE);
    assertThat(scan(MemoryMedium.of(LUKS2).failingFrom(1 << 20)).verdict())
        .isEqualTo(Verdict.UNREADABLE);
    assertThat(scan(MemoryMedium.of(LUKS2).endingAt(8 << 20)).verdict())
        .isEqualTo(Verdict.UNREADABLE);
    assertThat(scan(MemoryMedium.of(LUKS1).sized(1L << 60).endingAt(32 << 20)).verdict())
        .isEqualTo(Verdict.UNREADABLE);
  }

  @Test
  @DisplayName(
      "USB-02 a stick that is pulled out while it is read is never encrypted, whenever it is")
  void pulledOut() {
    MemoryMedium whole = MemoryMedium.of(LUKS2);
    assertThat(scan(whole).isEncrypted()).isTrue();
    for (long reads = 0; reads < whole.reads; reads++) {
      MediumReport report = scan(MemoryMedium.of(LUKS2).vanishingAfter(reads));
      assertThat(report.verdict()).as("after " + reads).isEqualTo(Verdict.UNREADABLE);
      assertThat(reasons(report)).contains(Reason.READ_FAILED);
    }
  }

  @Test
  @DisplayName("A plaintext file system stays plaintext though the rest cannot be read")
  void plaintextBeforeErrors() {
    assertThat(scan(MemoryMedium.of("ext4-b4096").failingFrom(8 << 20)).verdict())
        .isEqualTo(Verdict.PLAINTEXT);
  }

  @Test
  @DisplayName("A disk of 1 TB costs less than 16 MiB of reading, whatever is on it")
  void readsOfATerabyte() {
    for (String resource : List.of(LUKS1, LUKS2, "fat32-c1", "btrfs")) {
      MediumReport report = scan(MemoryMedium.of(resource).sized(TERABYTE));
      assertThat(report.bytesRead()).as(resource).isLessThan(16L << 20);
    }
    assertThat(scan(new MemoryMedium(TERABYTE)).bytesRead()).isLessThan(16L << 20);
  }

  @Test
  @DisplayName("USB-06 hardware encryption is asserted, never verified, and never hides damage")
  void asserted() {
    assertThat(MediaScan.scan(MemoryMedium.of("fat32-c1"), true).verdict())
        .isEqualTo(Verdict.ASSERTED_HARDWARE);
    assertThat(MediaScan.scan(MemoryMedium.of(LUKS2), true).verdict())
        .isEqualTo(Verdict.VERIFIED_ENCRYPTED);
    assertThat(MediaScan.scan(new MemoryMedium(0), true).verdict())
        .isEqualTo(Verdict.LOCKED_HARDWARE);
    assertThat(MediaScan.scan(MemoryMedium.of(LUKS2).failingFrom(0), true).verdict())
        .isEqualTo(Verdict.UNREADABLE);
  }

  @ParameterizedTest
  @DisplayName("Random changes of the first blocks never make plaintext verified, and never throw")
  @ValueSource(
      strings = {
        "fat12-c2",
        "fat32-c1",
        "exfat-c4K",
        "ntfs-c4096",
        "ext4-b4096",
        "btrfs",
        "udf-hd-2.01",
        LUKS1,
        LUKS2
      })
  void mutated(String resource) {
    long seed = Long.getLong("seed", 20_261_124);
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 30; round++) {
      MemoryMedium medium = MemoryMedium.of(resource);
      for (int i = 0; i <= random.nextInt(40); i++) {
        int at = random.nextInt(random.nextBoolean() ? 512 : 70_000);
        medium.write(at, (byte) random.nextInt(256));
      }
      Verdict verdict = scan(medium).verdict();
      if (!resource.startsWith("luks")) {
        assertThat(verdict)
            .as(resource + ", round " + round + ", -Dseed=" + seed)
            .isNotIn(Verdict.VERIFIED_ENCRYPTED, Verdict.EMPTY);
      }
    }
  }

  @Test
  @DisplayName(
      "A FAT16 stick with our container and what Windows adds is verified; a letter ends it")
  void containerOnFat() {
    MemoryMedium medium = MemoryMedium.of("ugc-fat16-companions");
    MediumReport report = scan(medium);
    assertThat(report.verdict()).isEqualTo(Verdict.VERIFIED_ENCRYPTED);
    assertThat(report.extents().get(0).evidence()).contains(new Evidence.Listing(1, 2, 0, 0));
  }
}
