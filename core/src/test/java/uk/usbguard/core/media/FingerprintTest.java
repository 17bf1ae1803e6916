package uk.usbguard.core.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which containers lie on a medium. The expected digests were computed from the images by a few
 * lines of Python that follow docs/devices.md; FingerprintIT changes real ones with cryptsetup.
 */
class FingerprintTest {

  private static final String LUKS1 = "luks1-aes-xts-plain64-512";
  private static final String LUKS2 = "luks2-aes-xts-plain64-512";
  private static final String LUKS2_IS =
      "luks2:8ab71439c6ee946183420eb29041870c3236314a0aded548611d147c3e3453c4";
  private static final int HEADER = 16_384;

  private static List<String> fingerprints(MemoryMedium medium) {
    return MediaScan.scan(medium, false).fingerprints().stream().map(Object::toString).toList();
  }

  @ParameterizedTest
  @DisplayName("USB-03 a container is known by what its header keeps when a passphrase changes")
  @CsvSource({
    "luks1-aes-xts-plain64-512,"
        + "luks1:a69b4e435f5e591d159406fcc0bee99c1be07f532096fe735460e56110a7a9b8",
    "luks2-aes-xts-plain64-512,"
        + "luks2:8ab71439c6ee946183420eb29041870c3236314a0aded548611d147c3e3453c4",
    "bitlocker-win10,"
        + "bitlocker:5ac1315950e91273fd5ee8a3c9105074caf7d4ff06ebd08bcadf5b771c8f1214",
    "bitlocker-used-space,"
        + "bitlocker:082a43256466655a769239b0be62cf159a32fe3d06b43f9a22a98535dc74767c",
    "bitlocker-one-copy-damaged,"
        + "bitlocker:f24fc25ba4379887621a9a599c787ba9e0971f0aa496e5e4628bbde30524f5e9",
    "togo-plain-area,"
        + "bitlocker:400632a6faac32d848997e4427ca18634499f26a83036d0b7b90929e52722999",
    "apfs-encrypted,apfs:96139ea47ecf5f0ba6ab2deebba5e3b17ea6aad206c27eac0b7d17cde0a07351",
    "ugc-exfat-chained,"
        + "usbguard:e73c0e7ae292d53cbd2838790f3f2adf45cce54d458a3bafc8b589b252f643cc",
    "ugc-fat16-companions,"
        + "usbguard:e73c0e7ae292d53cbd2838790f3f2adf45cce54d458a3bafc8b589b252f643cc",
    "ugc-fat12-letter-beside,"
        + "usbguard:e73c0e7ae292d53cbd2838790f3f2adf45cce54d458a3bafc8b589b252f643cc"
  })
  void known(String resource, String fingerprint) {
    assertThat(fingerprints(MemoryMedium.of(resource))).containsExactly(fingerprint);
  }

  @ParameterizedTest
  @DisplayName("USB-03 what is no container, or not one that is believed, has no fingerprint")
  @ValueSource(strings = {"fat32-c1", "ext4-b4096", "apfs", "core-storage", "bitlocker-vista"})
  void none(String resource) {
    assertThat(fingerprints(MemoryMedium.of(resource))).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("USB-03 slots of LUKS1 come and go, its volume key and UUID are what it is")
  @CsvSource({"213,true", "260,true", "112,false", "132,false", "167,false", "168,false"})
  void luks1(int changed, boolean same) {
    List<String> before = fingerprints(MemoryMedium.of(LUKS1));
    List<String> after = fingerprints(MemoryMedium.of(LUKS1).write(changed, (byte) 0x5A));
    assertThat(after).hasSize(1);
    assertThat(after.equals(before)).isEqualTo(same);
  }

  @ParameterizedTest
  @DisplayName("USB-03 so it is with LUKS2")
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`\"keyslots\":[\"0\"],\"segments\":[\"0\"]`,`\"keyslots\":[\"7\"],\"segments\":[\"0\"]`,true",
        "`\"salt\":\"80Rhg`,`\"salt\":\"81Rhg`,false",
        "`\"digest\":\"p/Q`,`\"digest\":\"q/Q`,false",
        "`\"hash\":\"sha256\",\"iterations\":1000,\"salt\":\"80R`,"
            + "`\"hash\":\"sha256\",\"iterations\":1001,\"salt\":\"80R`,false"
      })
  void luks2(String before, String after, boolean same) {
    MemoryMedium medium = Luks2Medium.rewritten(before, after, true);
    assertThat(fingerprints(medium)).hasSize(1);
    assertThat(fingerprints(medium).equals(List.of(LUKS2_IS))).isEqualTo(same);
  }

  @Test
  @DisplayName("USB-03 a slash of base64 may stand with its escape or without")
  void escapedSlash() {
    String digest = "p/Q/o63wVoeuPXiCdveMZSzW2MSAWyQHvk3815xHxV8=\"";
    MemoryMedium escaped = Luks2Medium.rewritten(digest, digest.replace("/", "\\/"), true);
    assertThat(fingerprints(escaped)).containsExactly(LUKS2_IS);
  }

  @ParameterizedTest
  @DisplayName("USB-03 a LUKS2 whose digests say nothing that can be read has none")
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`\"salt\":\"80Rhg`,`\"salt\":\"*0Rhg`",
        "`\"digest\":\"p/Q/`,`\"digest\":\"p/Q`",
        "`\"digests\":{`,`\"dinners\":{`",
        "`\"keyslots\":[\"0\"],\"segments\":[\"0\"]`,`\"keyslots\":[\"0\"],\"segments\":[]`"
      })
  void luks2WithoutDigest(String before, String after) {
    assertThat(fingerprints(Luks2Medium.rewritten(before, after, true))).isEmpty();
  }

  @Test
  @DisplayName("USB-03 copies of a header that name two keys name none")
  void contradiction() {
    MemoryMedium one = Luks2Medium.rewritten("\"salt\":\"80Rhg", "\"salt\":\"81Rhg", false);
    assertThat(fingerprints(one)).isEmpty();
    MemoryMedium bitLocker = MemoryMedium.of("bitlocker-win10").write(16_777_216 + 80, (byte) 1);
    assertThat(fingerprints(bitLocker)).isEmpty();
  }

  @Test
  @DisplayName("USB-03 the second header of LUKS2 says it where the first is gone")
  void onlySecond() {
    MemoryMedium medium = MemoryMedium.of(LUKS2).write(0, new byte[HEADER]);
    assertThat(MediaScan.scan(medium, false).verdict()).isEqualTo(Verdict.PARTIAL);
    assertThat(fingerprints(medium)).containsExactly(LUKS2_IS);
  }

  @Test
  @DisplayName("USB-03 each container of a medium is named once")
  void several() {
    MemoryMedium medium = MemoryMedium.of("gpt-zeros").put(1 << 20, MemoryMedium.of(LUKS2));
    assertThat(fingerprints(medium)).containsExactly(LUKS2_IS);
  }
}
