package uk.usbguard.core.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.usbguard.core.device.ContainerFingerprint.Kind;

class ContainerFingerprintTest {

  private static final byte[] ID = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");

  @Test
  @DisplayName("USB-03 it is SHA-256 over label, kind and facts, each with its length before it")
  void canonical() {
    // (printf '\0\0\0\040usbguard container fingerprint 1\0\0\0\010usbguard\0\0\0\020'
    //  printf '000102030405060708090a0b0c0d0e0f' | xxd -r -p) | sha256sum
    assertThat(ContainerFingerprint.of(Kind.USBGUARD, ID))
        .hasToString("usbguard:c9813528af77f08084d185a31ae64dd14adaad9d842575a0ab758734db5fb4cd");
  }

  @Test
  @DisplayName("USB-03 neither another kind nor facts that are cut elsewhere give the same")
  void separated() {
    byte[] start = {0, 1, 2};
    byte[] rest = {3};
    assertThat(ContainerFingerprint.of(Kind.APFS, ID).hex())
        .isNotEqualTo(ContainerFingerprint.of(Kind.USBGUARD, ID).hex());
    assertThat(ContainerFingerprint.of(Kind.LUKS2, start, rest))
        .isNotEqualTo(ContainerFingerprint.of(Kind.LUKS2, new byte[] {0, 1, 2, 3}))
        .isNotEqualTo(ContainerFingerprint.of(Kind.LUKS2, rest, start));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @DisplayName("USB-03 what is shown is read again")
  void roundTrip(Kind kind) {
    ContainerFingerprint made = ContainerFingerprint.of(kind, ID);
    assertThat(ContainerFingerprint.parse(made.toString())).contains(made);
    assertThat(made.toString()).startsWith(kind.label() + ":").hasSizeLessThanOrEqualTo(128);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "usbguard-ward-7",
        "luks2:",
        "luks3:c9813528af77f08084d185a31ae64dd14adaad9d842575a0ab758734db5fb4cd",
        "LUKS2:c9813528af77f08084d185a31ae64dd14adaad9d842575a0ab758734db5fb4cd",
        "luks2:C9813528AF77F08084D185A31AE64DD14ADAAD9D842575A0AB758734DB5FB4CD",
        "luks2:c9813528af77f08084d185a31ae64dd14adaad9d842575a0ab758734db5fb4c",
        "luks2:c9813528af77f08084d185a31ae64dd14adaad9d842575a0ab758734db5fb4cd0",
        "luks2:c9813528af77f08084d185a31ae64dd14adaad9d842575a0ab758734db5fb4cd\n"
      })
  @DisplayName("USB-03 nothing else is taken for one")
  void refused(String text) {
    assertThat(ContainerFingerprint.parse(text)).isEmpty();
  }

  @Test
  @DisplayName("USB-03 a digest is 64 digits or it is none")
  void notADigest() {
    assertThatThrownBy(() -> new ContainerFingerprint(Kind.LUKS1, "00"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
