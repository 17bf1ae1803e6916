package uk.usbguard.core.media;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.usbguard.core.media.Seen.LUKS1;
import static uk.usbguard.core.media.Seen.LUKS2;
import static uk.usbguard.core.media.Seen.MEBIBYTE;
import static uk.usbguard.core.media.Seen.changed;
import static uk.usbguard.core.media.Seen.reasons;
import static uk.usbguard.core.media.Seen.scan;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule of the headers of LUKS, broken on what cryptsetup made, its checksum put right. */
class LuksRulesTest {

  @ParameterizedTest
  @DisplayName("USB-02 a LUKS1 header that breaks one rule proves nothing, and says why")
  @CsvSource({
    "6,0003,STRUCTURE_INVALID,version",
    "6,0000,STRUCTURE_INVALID,version",
    "108,0000000F,STRUCTURE_INVALID,key of 15 bytes",
    "108,00000201,STRUCTURE_INVALID,key of 513 bytes",
    "164,00000000,STRUCTURE_INVALID,iterations of the digest",
    "208,00000001,STRUCTURE_INVALID,state of a slot",
    "252,00000F9F,STRUCTURE_INVALID,3999 stripes",
    "300,00000F9F,STRUCTURE_INVALID,3999 stripes in a slot that is not in use",
    "248,00000001,STRUCTURE_INVALID,keys inside the header",
    "248,00FFFFFF,STRUCTURE_INVALID,keys behind the payload",
    "212,00000000,STRUCTURE_INVALID,iterations of a slot",
    "104,FFFFFFFF,BEYOND_END,payload behind the end",
    "72,6D64350000,CIPHER_UNKNOWN,MD5",
    "40,6563620000,CIPHER_UNKNOWN,ECB"
  })
  void luks1(long at, String bytes, Reason reason, String what) {
    assertDoubted(changed(LUKS1, at, bytes), reason, what);
  }

  @Test
  @DisplayName("USB-02 a LUKS1 without the salts that its keys need is damaged")
  void luks1Salts() {
    assertDoubted(MemoryMedium.of(LUKS1).write(132, new byte[32]), Reason.STRUCTURE_INVALID, "all");
    assertDoubted(MemoryMedium.of(LUKS1).write(216, new byte[32]), Reason.STRUCTURE_INVALID, "one");
  }

  private static void assertDoubted(MemoryMedium medium, Reason reason, String what) {
    MediumReport report = scan(medium);
    assertThat(report.isEncrypted()).as(what).isFalse();
    assertThat(reasons(report)).as(what).contains(reason);
  }

  @ParameterizedTest
  @DisplayName("USB-02 a LUKS2 whose document breaks one rule proves nothing, and says why")
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`\"type\":\"crypt\"`,`\"type\":\"linear\"`,LINEAR_SEGMENT",
        "`\"type\":\"crypt\"`,`\"type\":\"hw-opal\"`,FIRMWARE_ONLY",
        "`\"type\":\"crypt\"`,`\"type\":\"verity\"`,STRUCTURE_INVALID",
        "`\"encryption\":\"aes-xts-plain64\",\"sector`,"
            + "`\"encryption\":\"cipher_null-ecb\",\"sector`,NULL_CIPHER",
        "`\"encryption\":\"aes-xts-plain64\",\"sector`,"
            + "`\"encryption\":\"capi:ecb(cipher_null)-null\",\"sector`,NULL_CIPHER",
        "`\"encryption\":\"aes-xts-plain64\",\"sector`,"
            + "`\"encryption\":\"rot13-ecb\",\"sector`,CIPHER_UNKNOWN",
        "`\"iv_tweak\":\"0\"`,`\"flags\":[\"in-reencryption\"]`,CONVERSION_UNDER_WAY",
        "`\"config\":{`,`\"config\":{\"requirements\":{\"mandatory\":[\"online-reencrypt\"]},`,"
            + "CONVERSION_UNDER_WAY",
        "`\"segments\":{\"0\"`,`\"segments\":{},\"former\":{\"0\"`,STRUCTURE_INVALID",
        "`\"segments\":{`,`\"segments\":{\"1\":{\"type\":\"crypt\",\"offset\":\"20000000\"},`,"
            + "CONVERSION_UNDER_WAY",
        "`\"offset\":\"16777216\"`,`\"offset\":\"0\"`,DETACHED",
        "`\"offset\":\"16777216\"`,`\"offset\":\"4096\"`,STRUCTURE_INVALID",
        "`\"offset\":\"16777216\"`,`\"offset\":\"33554432\"`,BEYOND_END",
        "`\"offset\":\"16777216\"`,`\"offset\":\"999999999999999999\"`,BEYOND_END",
        "`\"offset\":\"16777216\"`,`\"offset\":\"-1\"`,STRUCTURE_INVALID",
        "`\"size\":\"dynamic\"`,`\"size\":\"16777217\"`,BEYOND_END",
        "`\"size\":\"dynamic\"`,`\"size\":\"0\"`,BEYOND_END",
        "`\"size\":\"dynamic\"`,`\"size\":\"16773120\"`,PAYLOAD_SHORT",
        "`\"offset\":\"32768\"`,`\"offset\":\"4096\"`,STRUCTURE_INVALID",
        "`\"size\":\"258048\"`,`\"size\":\"0\"`,STRUCTURE_INVALID",
        "`\"size\":\"258048\"`,`\"size\":\"999999999\"`,STRUCTURE_INVALID",
        "`\"0\":{\"type\":\"luks2\"`,`\"0\":{\"type\":\"reencrypt\"`,NO_KEY_SLOT",
        "`\"stripes\":4000`,`\"stripes\":-4`,KEY_MATERIAL_STRUCTURED",
        "`\"keyslots\":{\"0\"`,`\"keyslots\":{},\"former\":{\"0\"`,NO_KEY_SLOT"
      })
  void luks2(String before, String after, Reason reason) {
    assertDoubted(Luks2Medium.rewritten(before, after, true), reason, after);
  }

  @ParameterizedTest
  @DisplayName("USB-02 a LUKS2 that names its end in bytes, or the drive's own engine, is verified")
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`\"size\":\"dynamic\"`,`\"size\":\"16777216\"`",
        "`\"type\":\"crypt\"`,`\"type\":\"hw-opal-crypt\"`"
      })
  void luks2Sound(String before, String after) {
    MediumReport report = scan(Luks2Medium.rewritten(before, after, true));
    assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.VERIFIED_ENCRYPTED);
  }

  @Test
  @DisplayName("USB-02 two headers of LUKS2 with right checksums that differ prove nothing")
  void luks2CopiesDiffer() {
    assertDoubted(
        Luks2Medium.rewritten("\"iv_tweak\":\"0\"", "\"iv_tweak\":\"8\"", false),
        Reason.COPIES_DIFFER,
        "tweak");
  }

  @ParameterizedTest
  @DisplayName("USB-02 a LUKS2 header with a right checksum and a wrong field is damaged")
  @CsvSource({
    "6,0003,version",
    "8,0000000000004001,size",
    "8,0000000000800000,size of 8 MiB",
    "8,FFFFFFFFFFFFFFFF,size above 2^63",
    "256,0000000000001000,place",
    "72,736861353132,hash",
    "480,01,bytes behind the checksum",
    "4096,7B7B,document"
  })
  void luks2Header(int at, String bytes, String what) {
    byte[] header = changed(LUKS2, at, bytes).read(0, 16_384);
    byte[] summed = Luks2Medium.summed(header);
    if (at == 480) {
      summed[480] = 1;
    }
    MemoryMedium medium = MemoryMedium.of(LUKS2).write(0, summed);
    MediumReport report = scan(medium);
    assertThat(report.isEncrypted()).as(what).isFalse();
    assertThat(report.verdict()).as(what).isNotEqualTo(Verdict.EMPTY);
  }

  @Test
  @DisplayName("USB-02 a file system where the ciphertext of a sound LUKS begins is plaintext")
  void readablePayload() {
    for (long payload : new long[] {16 * MEBIBYTE, 2 * MEBIBYTE}) {
      String luks = payload == 2 * MEBIBYTE ? LUKS1 : LUKS2;
      MemoryMedium medium = MemoryMedium.of(luks).put(payload, MemoryMedium.of("fat12-c2"));
      assertThat(reasons(scan(medium))).as(luks).contains(Reason.PAYLOAD_READABLE);
      assertThat(scan(medium).verdict()).isEqualTo(Verdict.PLAINTEXT);
    }
  }

  @Test
  @DisplayName("USB-02 two containers that claim one place contradict each other")
  void twoContainers() {
    byte[] second = "SKUL\u00BA\u00BE\0\2".getBytes(StandardCharsets.ISO_8859_1);
    MemoryMedium medium = MemoryMedium.of(LUKS1).write(1 << 20, second);
    assertDoubted(medium, Reason.CONTRADICTION, "LUKS1 and a second header of LUKS2");
  }

  @Test
  @DisplayName("USB-02 a LUKS under a RAID's superblock is not believed")
  void underRaid() {
    long end = MemoryMedium.of(LUKS2).sizeBytes() - 8192;
    assertDoubted(changed(LUKS2, end, "FC4E2BA9"), Reason.STACKED_VOLUMES, "md 1.0");
  }

  @Test
  @DisplayName(
      "a cipher is on the list or it is not, in words of LUKS and of the kernel's crypto API")
  void ciphers() {
    assertThat(Ciphers.isKnown("aes-xts-plain64")).isTrue();
    assertThat(Ciphers.isKnown("xchacha20,aes-adiantum-plain64")).isTrue();
    assertThat(Ciphers.isKnown("aes-ecb")).isFalse();
    assertThat(Ciphers.isKnown("capi:xts(rot13)-plain64")).isFalse();
  }
}
