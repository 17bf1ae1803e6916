package uk.usbguard.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class Sha256Test {

  @Test
  @DisplayName("gives the digests of FIPS 180-4's examples: of \"abc\" and of nothing")
  void isTheStandardOne() {
    assertThat(hex("abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(hex(""))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(new Sha256().digest(text.getBytes(StandardCharsets.US_ASCII)));
  }
}
