package uk.usbguard.core.media;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.usbguard.core.media.Seen.LUKS2;
import static uk.usbguard.core.media.Seen.MEBIBYTE;
import static uk.usbguard.core.media.Seen.hex;
import static uk.usbguard.core.media.Seen.little;
import static uk.usbguard.core.media.Seen.reasons;
import static uk.usbguard.core.media.Seen.scan;

import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.usbguard.core.media.Extent.Role;

/** Partition tables that break their rules: in each a LUKS2 that would be verified by itself. */
class TablesRulesTest {

  /** What sgdisk made: header in sector 1, entries behind it, copies of both at the end. */
  private static MemoryMedium gpt() {
    return MemoryMedium.of("gpt-zeros").put(MEBIBYTE, MemoryMedium.of(LUKS2));
  }

  /** Puts the checksums of the primary table right: of its entries, then of its header. */
  private static MemoryMedium summed(MemoryMedium medium) {
    medium.write(512 + 88, crc(medium.read(1024, 128 * 128)));
    byte[] header = medium.read(512, 92);
    Arrays.fill(header, 16, 20, (byte) 0);
    return medium.write(512 + 16, crc(header));
  }

  private static byte[] crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return little(crc.getValue(), 4);
  }

  @ParameterizedTest
  @DisplayName("USB-02 a header of a GPT that breaks one rule is seen, and takes the proof away")
  @CsvSource({
    "12,5B000000,header of 91 bytes",
    "12,01020000,header of 513 bytes",
    "24,0200000000000000,another place",
    "80,00000000,no entries",
    "80,01040000,1025 entries",
    "80,FFFFFFFF,2^32 entries",
    "84,40000000,entries of 64 bytes",
    "84,81000000,entries of 129 bytes",
    "84,00200000,entries of 8192 bytes",
    "72,FFFFFFFFFFFFFFFF,entries above 2^63",
    "72,FFFFFFFFFFFFFF7F,entries behind every end",
    "72,0000000000008000,entries behind the end"
  })
  void header(int at, String bytes, String what) {
    assertThat(scan(summed(gpt())).verdict()).isEqualTo(Verdict.VERIFIED_ENCRYPTED);

    MediumReport report = scan(summed(gpt().write(512 + at, hex(bytes))));

    assertThat(report.verdict()).as(what).isEqualTo(Verdict.PARTIAL);
    assertThat(report.reasons()).as(what).containsAnyOf(Reason.TABLE_INVALID, Reason.TABLES_DIFFER);
  }

  @ParameterizedTest
  @DisplayName(
      "USB-02 a checksum of a GPT that is wrong is seen: the header's, the entries', the backup's")
  @CsvSource({"528,00", "600,00", "1100,01", "23068176,00"})
  void checksums(long at, String bytes) {
    MediumReport report = scan(gpt().write(at, hex(bytes)));
    assertThat(report.verdict()).isEqualTo(Verdict.PARTIAL);
    assertThat(report.reasons()).contains(Reason.TABLE_INVALID);
  }

  @ParameterizedTest
  @DisplayName("USB-02 an entry of a GPT that is no stretch, or ends behind the end, is seen")
  @CsvSource({
    "32,FFFFFFFFFFFFFFFF,begins above 2^63",
    "40,0100000000000000,ends before it begins",
    "40,FFFFFFFFFFFFFF7F,ends behind every end",
    "40,FFFFFF0000000000,ends behind the end",
    "32,FFFFFF0000000000,begins behind the end"
  })
  void entries(int at, String bytes, String what) {
    MemoryMedium medium = gpt().write(1024 + at, hex(bytes));
    if (at == 32 && bytes.startsWith("FFFFFF00")) {
      medium.write(1024 + 40, hex("FFFFFFFF00000000"));
    }
    MediumReport report = scan(summed(medium));
    assertThat(report.reasons()).as(what).contains(Reason.BEYOND_END);
    assertThat(report.verdict()).as(what).isEqualTo(Verdict.PARTIAL);
  }

  /** A sector of a DOS table with one entry in its first place. */
  private static MemoryMedium entry(
      MemoryMedium on, long at, int place, int flag, int type, long start, long sectors) {
    long entry = at + 446 + 16L * place;
    return on.write(entry, (byte) flag)
        .write(entry + 4, (byte) type)
        .write(entry + 8, little(start, 4))
        .write(entry + 12, little(sectors, 4))
        .write(at + 510, (byte) 0x55, (byte) 0xAA);
  }

  /** A LUKS2 from 1 MiB to the end in a table of the given sectors. */
  private static MemoryMedium mbr(int sector) {
    MemoryMedium luks = MemoryMedium.of(LUKS2);
    MemoryMedium medium = new MemoryMedium(MEBIBYTE + luks.sizeBytes()).put(MEBIBYTE, luks);
    return entry(medium, 0, 0, 0, 0x83, MEBIBYTE / sector, luks.sizeBytes() / sector);
  }

  @Test
  @DisplayName("USB-02 a table counts in the sectors that the system names: 512 or 4096 bytes")
  void sectors() {
    assertThat(scan(mbr(512)).verdict()).isEqualTo(Verdict.VERIFIED_ENCRYPTED);
    assertThat(scan(mbr(512).withSectors(512)).verdict()).isEqualTo(Verdict.VERIFIED_ENCRYPTED);
    assertThat(scan(mbr(4096).withSectors(4096)).verdict()).isEqualTo(Verdict.VERIFIED_ENCRYPTED);
    assertThat(scan(mbr(4096)).isEncrypted()).as("read as sectors of 512").isFalse();
    MemoryMedium gpt4k = MemoryMedium.of("gpt4k-zeros").put(MEBIBYTE, MemoryMedium.of(LUKS2));
    assertThat(scan(gpt4k.withSectors(4096)).verdict()).isEqualTo(Verdict.VERIFIED_ENCRYPTED);
  }

  @Test
  @DisplayName("USB-02 a LUKS word in the boot code before the table contradicts it")
  void containerUnderTable() {
    MemoryMedium medium = mbr(512).write(0, MemoryMedium.of(Seen.LUKS1).read(0, 208));
    MediumReport report = scan(medium);
    assertThat(report.verdict()).isEqualTo(Verdict.PARTIAL);
    assertThat(reasons(report)).contains(Reason.CONTRADICTION);
    assertThat(report.extents().get(0).extent().role()).isEqualTo(Role.WHOLE);
  }

  @Test
  @DisplayName("USB-02 a file system that lies under the table is found as well")
  void fileSystemUnderTable() {
    MemoryMedium medium = mbr(512).write(1024, MemoryMedium.of("ext4-b4096").read(1024, 1024));
    MediumReport report = scan(medium);
    assertThat(report.verdict()).isEqualTo(Verdict.PARTIAL);
    assertThat(report.extents().get(0).extent().role()).isEqualTo(Role.WHOLE);
    assertThat(report.extents().get(0).state()).isEqualTo(ExtentState.READABLE);
  }

  @Test
  @DisplayName("USB-02 a spare boot sector in the last sector is held against the last partition")
  void remainsAtTheEnd() {
    MemoryMedium medium = mbr(512);
    medium.write(medium.sizeBytes() - 512, MemoryMedium.of("ntfs-c4096").read(0, 512));
    MediumReport report = scan(medium);
    assertThat(report.extents())
        .noneMatch(finding -> finding.extent().role() == Role.WHOLE)
        .anySatisfy(finding -> assertThat(finding.reasons()).contains(Reason.REMAINS));
    assertThat(report.verdict()).isEqualTo(Verdict.PARTIAL);
  }

  @Test
  @DisplayName(
      "USB-02 an entry with a boot flag that is none counts if something lies where it points")
  void oddFlag() {
    MemoryMedium luks = MemoryMedium.of(LUKS2);
    MemoryMedium inside = new MemoryMedium(luks.sizeBytes()).put(0, luks);
    inside.put(20 * MEBIBYTE, MemoryMedium.of("fat12-c2"));
    entry(inside, 0, 0, 0x78, 0x0C, 20 * MEBIBYTE / 512, 4096);
    assertThat(scan(inside).verdict()).as("points at FAT").isEqualTo(Verdict.PLAINTEXT);

    for (long start : new long[] {0, 24 * MEBIBYTE / 512, 0xFFFF_FFFFL}) {
      MemoryMedium nothing = new MemoryMedium(luks.sizeBytes());
      entry(nothing, 0, 0, 0x78, 0x0C, start, 4096);
      assertThat(scan(nothing).extents()).as("at " + start).hasSize(1);
    }
  }

  @Test
  @DisplayName(
      "USB-02 an entry of type 0 is a partition for Linux: it counts if something is there")
  void typeZero() {
    long size = MemoryMedium.of(LUKS2).sizeBytes();
    MemoryMedium medium = new MemoryMedium(size).put(20 * MEBIBYTE, MemoryMedium.of("fat12-c2"));
    entry(medium, 0, 0, 0, 0, 20 * MEBIBYTE / 512, 4096);
    MediumReport report = scan(medium);
    assertThat(report.verdict()).isEqualTo(Verdict.PLAINTEXT);
    assertThat(report.extents())
        .anySatisfy(f -> assertThat(f.extent().offsetBytes()).isEqualTo(20 * MEBIBYTE));

    MemoryMedium nothing = new MemoryMedium(size);
    entry(nothing, 0, 0, 0, 0, 20 * MEBIBYTE / 512, 4096);
    assertThat(scan(nothing).extents()).hasSize(1);
  }

  @Test
  @DisplayName("USB-02 a partition in which Linux looks for another table is not believed")
  void nested() {
    MemoryMedium medium = mbr(512).write(446 + 4, (byte) 0x81);
    assertThat(scan(medium).reasons()).containsExactly(Reason.STACKED_VOLUMES);
    assertThat(scan(medium).verdict()).isEqualTo(Verdict.PARTIAL);
  }

  @Test
  @DisplayName(
      "USB-02 a link of an extended partition without its mark, or behind the end, is seen")
  void brokenLink() {
    MemoryMedium medium = mbr(512);
    entry(medium, 0, 1, 0, 5, 4, 100);
    assertThat(scan(medium).reasons()).contains(Reason.TABLE_INVALID);
    assertThat(scan(medium).verdict()).isEqualTo(Verdict.PARTIAL);
  }

  @Test
  @DisplayName("a chain of 10,000 logical partitions ends at 128 links, and nothing is proven")
  void longChain() {
    MemoryMedium medium = mbr(512).sized(64 * MEBIBYTE);
    entry(medium, 0, 1, 0, 5, 80_000, 40_000);
    for (int i = 0; i < 10_000; i++) {
      entry(medium, (80_000 + 2L * i) * 512, 1, 0, 5, 2L * (i + 1), 40_000);
    }
    MediumReport report = scan(medium);
    assertThat(report.reasons()).contains(Reason.TABLE_LOOP);
    assertThat(report.verdict()).isEqualTo(Verdict.PARTIAL);
  }

  @Test
  @DisplayName("no more than 256 partitions are looked at, and one more is a doubt")
  void tooMany() {
    Tables tables = new Tables(new PageReader(new MemoryMedium(MEBIBYTE), MEBIBYTE));
    for (int i = 0; i < 256; i++) {
      tables.partition(512L * i, 512L * i + 512);
    }
    assertThat(tables.doubts()).isEmpty();
    tables.partition(512 * 300, 512 * 301);
    assertThat(tables.doubts()).containsExactly(Reason.TOO_MANY_PARTITIONS);
    assertThat(tables.partitions()).hasSize(256);
  }

  @ParameterizedTest
  @DisplayName("a partition that is no stretch of the medium is a doubt, and is not looked at")
  @CsvSource({"-512,512", "1024,1024", "1024,512", "1048576,1049088", "9223372036854775807,-1"})
  void noStretch(long from, long to) {
    Tables tables = new Tables(new PageReader(new MemoryMedium(MEBIBYTE), MEBIBYTE));
    tables.partition(from, to);
    assertThat(tables.doubts()).containsExactly(Reason.BEYOND_END);
    assertThat(tables.partitions()).isEmpty();
  }

  /** A table with the LUKS2 and, behind it, a partition of zeros. */
  private static MemoryMedium withEmpty(long emptyBytes) {
    MemoryMedium medium = mbr(512);
    long end = medium.sizeBytes();
    medium.sized(end + emptyBytes);
    return entry(medium, 0, 1, 0, 0x83, end / 512, emptyBytes / 512);
  }

  /** A disk of 1 TB with logical partitions of the same size, all with the start of a LUKS2. */
  private static MediumReport terabyte(int partitions) {
    long size = 1_000_000_000_000L;
    MemoryMedium medium = new MemoryMedium(size);
    long share = size / 512 / (partitions + 1) / 8 * 8;
    entry(medium, 0, 0, 0, 5, share, share * partitions);
    for (int i = 0; i < partitions; i++) {
      long link = share * (i + 1);
      entry(medium, link * 512, 0, 0, 0x83, 2048, share - 2048);
      if (i + 1 < partitions) {
        entry(medium, link * 512, 1, 0, 5, share * (i + 1), share);
      }
    }
    return scan(medium);
  }

  @Test
  @DisplayName(
      "USB-02 a disk of 1 TB costs at most 64 MiB of reading, however many partitions it has")
  void costOfPartitions() {
    Map<Integer, Long> mostMebibytes = Map.of(1, 24L, 4, 40L, 16, 56L, 100, 64L, 128, 64L);
    mostMebibytes.forEach(
        (partitions, most) -> {
          MediumReport report = terabyte(partitions);
          assertThat(report.extents().stream().filter(f -> f.extent().role() == Role.PARTITION))
              .hasSize(partitions);
          assertThat(report.bytesRead())
              .as(partitions + " partitions")
              .isLessThanOrEqualTo(most * MEBIBYTE);
        });
    assertThat(reasons(terabyte(128))).contains(Reason.READ_BUDGET);
  }

  @Test
  @DisplayName("USB-02 an empty partition that was read whole does not count; one byte in it does")
  void emptyPartition() {
    long end = mbr(512).sizeBytes();
    assertThat(scan(withEmpty(12 * MEBIBYTE)).verdict()).isEqualTo(Verdict.VERIFIED_ENCRYPTED);
    assertThat(scan(withEmpty(17 * MEBIBYTE)).verdict()).isEqualTo(Verdict.PARTIAL);
    // between two windows of the sample, which are 187 KiB apart
    MemoryMedium oneByte = withEmpty(12 * MEBIBYTE).write(end + 100_000, (byte) 1);
    assertThat(scan(oneByte).verdict()).isEqualTo(Verdict.PARTIAL);
    assertThat(scan(withEmpty(12 * MEBIBYTE).failingFrom(end + 90_000)).verdict())
        .isEqualTo(Verdict.UNREADABLE);
  }

  @Test
  @DisplayName("USB-02 a gap of more than 16 MiB is not read whole, and nothing is proven")
  void largeGap() {
    long end = mbr(512).sizeBytes();
    assertThat(scan(mbr(512).sized(end + 16 * MEBIBYTE)).verdict())
        .isEqualTo(Verdict.VERIFIED_ENCRYPTED);
    MediumReport report = scan(mbr(512).sized(end + 16 * MEBIBYTE + 512));
    assertThat(report.verdict()).isEqualTo(Verdict.PARTIAL);
    assertThat(reasons(report)).containsExactly(Reason.GAP_TOO_LARGE);
  }

  @Test
  @DisplayName("USB-02 a gap that cannot be read is unreadable")
  void unreadableGap() {
    long end = mbr(512).sizeBytes();
    MediumReport report = scan(mbr(512).sized(end + 4 * MEBIBYTE).failingFrom(end + MEBIBYTE));
    assertThat(report.verdict()).isEqualTo(Verdict.UNREADABLE);
    assertThat(reasons(report)).contains(Reason.READ_FAILED);
  }
}
