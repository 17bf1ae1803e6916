package uk.usbguard.core.media;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.usbguard.core.media.Seen.hex;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our own container without a key: each rule of docs/format.md broken, its checksum put right. */
class UsbguardRulesTest {

  private static final int CRC_AT = 4096 + 16 * 1024 + 32;
  private static final int SECOND = 1 << 20;

  private byte[] golden = {};

  @TempDir private Path root;

  @BeforeEach
  void read() throws IOException {
    try (InputStream file = TreeScanTest.class.getResourceAsStream("/golden/v1/standard.ugc.gz");
        InputStream in = new GZIPInputStream(Objects.requireNonNull(file))) {
      golden = in.readAllBytes();
    }
  }

  private static void sum(byte[] bytes, int from, int at) {
    CRC32 crc = new CRC32();
    crc.update(bytes, from, at - from);
    ByteBuffer.wrap(bytes).putInt(at, (int) crc.getValue());
  }

  private byte[] area(int at, String bytes) {
    byte[] area = Arrays.copyOf(golden, UsbguardProbe.KEY_AREA);
    byte[] change = hex(bytes);
    System.arraycopy(change, 0, area, at, change.length);
    sum(area, 0, CRC_AT);
    return area;
  }

  @ParameterizedTest
  @DisplayName("USB-02 a key area that breaks one rule of the format is not one, checksum or not")
  @CsvSource({
    "0,54,magic",
    "8,0002,version",
    "10,00,no profile",
    "10,03,a profile that there is not",
    "11,01,must be zero",
    "12,00001001,length of the header",
    "56,00000003,unit",
    "56,00001000,unit",
    "60,000F,slots",
    "62,0401,length of a slot",
    "68,01,must be zero",
    "4095,01,must be zero",
    "20516,01,must be zero behind the checksum"
  })
  void keyArea(int at, String bytes, String what) {
    assertThat(UsbguardProbe.isSound(new Block(area(0, "55")))).isTrue();
    assertThat(UsbguardProbe.isSound(new Block(area(at, bytes)))).as(what).isFalse();
  }

  @ParameterizedTest
  @DisplayName("USB-02 without a slot of a known type nobody can open it: no container")
  @CsvSource({"00", "05", "FF"})
  void slots(String type) {
    byte[] area = area(0, "55");
    for (int slot = 0; slot < 16; slot++) {
      area[4096 + slot * 1024] = hex(type)[0];
    }
    sum(area, 0, CRC_AT);
    assertThat(UsbguardProbe.isSound(new Block(area))).isFalse();
    area[4096 + 15 * 1024] = 4;
    sum(area, 0, CRC_AT);
    assertThat(UsbguardProbe.isSound(new Block(area))).as("the last one").isTrue();
  }

  @Test
  @DisplayName("USB-02 key areas of two containers in one file contradict each other")
  void copiesDiffer() throws IOException {
    golden[SECOND + 16] ^= 1;
    byte[] second = Arrays.copyOfRange(golden, SECOND, SECOND + CRC_AT + 4);
    sum(second, 0, CRC_AT);
    System.arraycopy(second, 0, golden, SECOND, second.length);
    write("Encrypted.ugc", golden);

    MediumReport report = scan();

    assertThat(report.isEncrypted()).isFalse();
    assertThat(Seen.sightings(report).flatMap(s -> s.doubts().stream()))
        .containsExactly(Reason.COPIES_DIFFER);
    assertThat(report.fingerprints()).isEmpty();
  }

  private MediumReport scan() {
    return MediaScan.scanTree(root, false, Patience.usual(System::nanoTime));
  }

  private void write(String name, byte[] bytes) throws IOException {
    Files.write(root.resolve(name), bytes);
  }

  /** The second file of the container, its first 4096 bytes by docs/format.md, then noise. */
  private byte[] segment() {
    byte[] segment = new byte[256 * 1024];
    new SplittableRandom(11).nextBytes(segment);
    Arrays.fill(segment, 0, 4096, (byte) 0);
    ByteBuffer header = ByteBuffer.wrap(segment);
    header.put("UGCSEGMT".getBytes(StandardCharsets.US_ASCII));
    header.putShort(8, (short) 1).putInt(12, 1);
    header.put(16, golden, 16, 16);
    sum(segment, 0, 124);
    return segment;
  }

  @Test
  @DisplayName("USB-02 a container that goes on in its second file is verified")
  void goesOn() throws IOException {
    write("Encrypted.ugc", golden);
    write("Encrypted.ugc.001", segment());
    assertThat(scan().verdict()).as(scan().toString()).isEqualTo(Verdict.VERIFIED_ENCRYPTED);
  }

  @ParameterizedTest
  @DisplayName("USB-02 a second file of another container, number or version is somebody's file")
  @CsvSource({
    "0,54,Encrypted.ugc.001",
    "8,0002,Encrypted.ugc.001",
    "12,00000002,Encrypted.ugc.001",
    "16,00,Encrypted.ugc.001",
    "0,55,Encrypted.ugc.002",
    "0,55,Other.ugc.001",
    "0,55,Encrypted.ugc.1"
  })
  void strangers(int at, String bytes, String name) throws IOException {
    byte[] segment = segment();
    byte[] change = hex(bytes);
    System.arraycopy(change, 0, segment, at, change.length);
    if (at == 16) {
      segment[16] = (byte) ~golden[16];
    }
    sum(segment, 0, 124);
    write("Encrypted.ugc", golden);
    write(name, segment);
    assertThat(scan().verdict()).isEqualTo(Verdict.PLAINTEXT);
    assertThat(Seen.reasons(scan())).contains(Reason.OTHER_FILES);
  }

  @Test
  @DisplayName(
      "USB-02 a second file with a wrong checksum, or with letters in it, is somebody's file")
  void lettersBehindHeader() throws IOException {
    write("Encrypted.ugc", golden);
    byte[] broken = segment();
    broken[124] ^= 1;
    write("Encrypted.ugc.001", broken);
    assertThat(scan().verdict()).isEqualTo(Verdict.PLAINTEXT);

    byte[] letters = segment();
    Arrays.fill(letters, 8192, letters.length, (byte) 'a');
    for (int at = 8192; at < letters.length; at += 7) {
      letters[at] = 'b';
    }
    write("Encrypted.ugc.001", letters);
    assertThat(scan().verdict()).isEqualTo(Verdict.PLAINTEXT);
    assertThat(Seen.reasons(scan())).contains(Reason.PAYLOAD_STRUCTURED);
  }

  @Test
  @DisplayName("USB-02 containers that would cost more than 64 MiB of reading are not proven")
  void budget() throws IOException {
    for (int i = 0; i < 20; i++) {
      write(i + ".ugc", golden);
      try (var file = new java.io.RandomAccessFile(root.resolve(i + ".ugc").toFile(), "rw")) {
        file.setLength(100L << 20);
      }
    }
    MediumReport report = scan();
    assertThat(Seen.reasons(report)).contains(Reason.READ_BUDGET);
    assertThat(report.isEncrypted()).isFalse();
    assertThat(report.bytesRead()).isLessThanOrEqualTo(64L << 20);
  }
}
