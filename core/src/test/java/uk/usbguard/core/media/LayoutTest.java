package uk.usbguard.core.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Layouts that no tool at hand makes, by hand from what their makers publish (HFS+: Apple's
 * Technical Note 1150, "Volume Header"; HFS: Inside Macintosh, Files, chapter 2, "Master Directory
 * Blocks"; ReFS: the boot sector in Microsoft's documentation of its structures). For HFS and HFS+
 * MediaScanTest has real media; of ReFS these tests show that the layout is known, not that a real
 * medium was read.
 */
class LayoutTest {

  private static final long SIZE = 16L << 20;

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] u32(long value) {
    return new byte[] {
      (byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value
    };
  }

  /** Signature, version, attributes at 4, blockSize at 40, totalBlocks at 44: big-endian. */
  private static MemoryMedium plus(
      MemoryMedium on, long at, String signature, int version, long block) {
    return on.write(at, ascii(signature))
        .write(at + 2, (byte) 0, (byte) version)
        .write(at + 4, u32(0x100))
        .write(at + 8, ascii("10.0"))
        .write(at + 40, u32(block))
        .write(at + 44, u32(SIZE / 4096));
  }

  /** drSigWord, drNmAlBlks at 18, drAlBlkSiz at 20, drVN (a length, then the name) at 36. */
  private static MemoryMedium classic(MemoryMedium on, long at, int nameLength) {
    return on.write(at, ascii("BD"))
        .write(at + 18, (byte) 0x40, (byte) 0)
        .write(at + 20, u32(1024))
        .write(at + 36, (byte) nameLength)
        .write(at + 37, ascii("Letters"));
  }

  private static MediumReport scan(MemoryMedium medium) {
    return MediaScan.scan(medium, false);
  }

  private static boolean names(MediumReport report, Format format) {
    return report.extents().stream()
        .flatMap(extent -> extent.evidence().stream())
        .anyMatch(e -> e instanceof Evidence.Sighting seen && seen.format() == format);
  }

  @ParameterizedTest
  @DisplayName("USB-02 HFS+ and HFSX are plaintext, and are named")
  @CsvSource({"H+,4", "HX,5"})
  void hfsPlus(String signature, int version) {
    MemoryMedium medium = plus(new MemoryMedium(SIZE), 1024, signature, version, 4096);

    MediumReport report = scan(medium);

    assertThat(report.verdict()).isEqualTo(Verdict.PLAINTEXT);
    assertThat(names(report, Format.HFS_PLUS)).isTrue();
  }

  @ParameterizedTest
  @DisplayName("a header that breaks its rules is not taken for HFS+")
  @CsvSource({"H+,5,4096", "HX,4,4096", "HZ,4,4096", "H+,4,4095", "H+,4,256"})
  void notHfsPlus(String signature, int version, long block) {
    MemoryMedium medium = plus(new MemoryMedium(SIZE), 1024, signature, version, block);

    assertThat(names(scan(medium), Format.HFS_PLUS)).isFalse();
  }

  @Test
  @DisplayName("USB-02 HFS is plaintext, and is named; a volume name of 28 letters is none")
  void classicHfs() {
    MediumReport report = scan(classic(new MemoryMedium(SIZE), 1024, 7));

    assertThat(report.verdict()).isEqualTo(Verdict.PLAINTEXT);
    assertThat(names(report, Format.HFS)).isTrue();
    assertThat(names(scan(classic(new MemoryMedium(SIZE), 1024, 28)), Format.HFS)).isFalse();
  }

  @Test
  @DisplayName("USB-02 the spare header of an HFS+ that was there takes the proof from a container")
  void spareOfHfsPlus() {
    MemoryMedium luks = MemoryMedium.of("luks2-aes-xts-plain64-512");
    assertThat(scan(luks).verdict()).isEqualTo(Verdict.VERIFIED_ENCRYPTED);

    plus(luks, luks.sizeBytes() - 1024, "H+", 4, 4096);

    assertThat(scan(luks).verdict()).isIn(Verdict.PARTIAL, Verdict.PLAINTEXT);
    assertThat(scan(luks).isEncrypted()).isFalse();
  }

  @Test
  @DisplayName("USB-02 an HFS+ header inside of a real LUKS header is plaintext")
  void hfsPlusUnderLuks() {
    MemoryMedium luks = MemoryMedium.of("luks1-aes-xts-plain64-512");
    plus(luks, 1024, "H+", 4, 4096);

    assertThat(scan(luks).verdict()).isEqualTo(Verdict.PLAINTEXT);
  }

  @Test
  @DisplayName(
      "USB-02 ReFS is plaintext, and is named; without its structure's name it is no proof")
  void refs() {
    // Three bytes of zero, "ReFS" and a zero, "FSRS" at 16, its length at 20.
    MemoryMedium medium = new MemoryMedium(SIZE).write(3, ascii("ReFS\0")).write(16, ascii("FSRS"));
    MediumReport report = scan(medium);

    assertThat(report.verdict()).isEqualTo(Verdict.PLAINTEXT);
    assertThat(names(report, Format.REFS)).isTrue();
    assertThat(scan(new MemoryMedium(SIZE).write(3, ascii("ReFS\0"))).isEncrypted()).isFalse();
  }

  /** One partition from 1 MiB on that is a sound container; 8 MiB before the end are free. */
  private static MemoryMedium partitioned() {
    MemoryMedium luks = MemoryMedium.of("luks2-aes-xts-plain64-512");
    long first = 1L << 20;
    long size = first + luks.sizeBytes() + (8L << 20);
    return new MemoryMedium(size)
        .put(first, luks)
        .write(446 + 4, (byte) 0x83)
        .write(446 + 8, little(first / 512))
        .write(446 + 12, little(luks.sizeBytes() / 512))
        .write(510, (byte) 0x55, (byte) 0xAA);
  }

  private static byte[] little(long value) {
    byte[] big = u32(value);
    return new byte[] {big[3], big[2], big[1], big[0]};
  }

  @ParameterizedTest
  @DisplayName("USB-02 what begins like a file system in the free space takes the proof away")
  @CsvSource({
    "0,XFSB,XFS",
    "64,_BHRfS_M,BTRFS",
    "1,CD001,ISO9660",
    "32,NXSB,APFS",
    "0,hsqs,SQUASHFS",
    "3,'EXFAT   ',EXFAT",
    "3,'NTFS    ',NTFS",
    "3,-FVE-FS-,BITLOCKER"
  })
  void inAGap(int offset, String word, Format format) {
    MemoryMedium medium = partitioned();
    assertThat(scan(medium).verdict()).isEqualTo(Verdict.VERIFIED_ENCRYPTED);
    long free = medium.sizeBytes() - (4L << 20);

    medium.write(free + offset, ascii(word));

    MediumReport report = scan(medium);
    assertThat(report.verdict()).isEqualTo(Verdict.PARTIAL);
    assertThat(names(report, format)).isTrue();
  }

  @ParameterizedTest
  @DisplayName("USB-02 so do the words of HFS+ and LUKS, and data that are none of these")
  @CsvSource({
    "48 2B 00 04,HFS_PLUS",
    "48 58 00 05,HFS_PLUS",
    "4C 55 4B 53 BA BE 00 01,LUKS1",
    "53 4B 55 4C BA BE 00 02,LUKS2"
  })
  void bytesInAGap(String hex, Format format) {
    MemoryMedium medium = partitioned();
    long free = medium.sizeBytes() - (4L << 20);
    String[] bytes = hex.split(" ");
    for (int i = 0; i < bytes.length; i++) {
      medium.write(free + i, (byte) Integer.parseInt(bytes[i], 16));
    }

    assertThat(scan(medium).verdict()).isEqualTo(Verdict.PARTIAL);
    assertThat(names(scan(medium), format)).isTrue();
    assertThat(scan(partitioned().write(free, (byte) 1)).verdict()).isEqualTo(Verdict.PARTIAL);
  }
}
