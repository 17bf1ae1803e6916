package uk.usbguard.core.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.usbguard.core.crypto.CryptoProfile;
import uk.usbguard.core.crypto.KdfCost;
import uk.usbguard.core.crypto.StandardProfile;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.SecretBytes;

@DisplayName("ENC-01, ENC-06: keys come out as in the test vectors of the format")
class CryptoVectorsTest {

  private static final int KEY = 32;

  private final CryptoProfile profile = new StandardProfile(new SecureRandom());

  static List<Named<Vector>> vectors() throws Exception {
    return Vector.all("crypto", 14);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  @DisplayName("for every call: HKDF, Argon2id, wrapping and unwrapping")
  void keysAreTheOnesOfTheVectors(Vector v) throws Exception {
    switch (v.text("function")) {
      case "hkdf-sha-256" -> assertThat(derived(v)).isEqualTo(v.bytes("output"));
      case "argon2id" -> assertThat(passphraseKey(v)).isEqualTo(v.bytes("output"));
      case "aes-256-kwp wrap" -> assertThat(v.has("wrapped")).isTrue();
      case "aes-256-kwp unwrap" ->
          assertThat(masterKey(v.bytes("kek"), v.bytes("wrapped"))).isEmpty();
      default -> throw new AssertionError(v.text("function"));
    }
    if (v.isGood() && v.has("wrapped")) {
      assertWraps(v);
    }
  }

  private byte[] derived(Vector v) {
    try (SecretBytes input = SecretBytes.take(v.bytes("input"));
        SecretBytes output =
            profile.derive(input, v.bytes("salt"), v.bytes("info"), (int) v.number("length"))) {
      return output.use(byte[]::clone);
    }
  }

  private byte[] passphraseKey(Vector v) throws Exception {
    KdfCost cost =
        new KdfCost((int) v.number("memoryKiB"), (int) v.number("passes"), (int) v.number("lanes"));
    int length = v.bytes("output").length;
    try (Passphrase passphrase = Passphrase.of(v.text("passphrase").toCharArray());
        SecretBytes output = profile.passphraseKey(passphrase, cost, v.bytes("salt"), length)) {
      byte[] normalised = passphrase.use(byte[]::clone);
      assertThat(normalised).isEqualTo(v.bytes("passphraseBytes"));
      return output.use(byte[]::clone);
    }
  }

  private void assertWraps(Vector v) {
    try (SecretBytes kek = SecretBytes.take(v.bytes("kek"));
        SecretBytes master = SecretBytes.take(v.bytes("masterKey"))) {
      assertThat(profile.wrap(kek, master)).isEqualTo(v.bytes("wrapped"));
    }
    assertThat(masterKey(v.bytes("kek"), v.bytes("wrapped")).orElseThrow())
        .isEqualTo(v.bytes("masterKey"));
    if (v.has("output")) {
      assertThat(Arrays.copyOf(v.bytes("output"), KEY)).isEqualTo(v.bytes("kek"));
    }
  }

  /** What a slot gives: a key of another length is none. */
  private Optional<byte[]> masterKey(byte[] kek, byte[] wrapped) {
    try (SecretBytes key = SecretBytes.take(kek)) {
      return profile
          .unwrap(key, wrapped)
          .map(master -> master.use(byte[]::clone))
          .filter(master -> master.length == KEY);
    }
  }
}
