package uk.usbguard.core.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.usbguard.core.crypto.AeadKey;
import uk.usbguard.core.crypto.CryptoProfile;
import uk.usbguard.core.crypto.KeySchedule;
import uk.usbguard.core.crypto.StandardProfile;
import uk.usbguard.core.format.ContainerId;
import uk.usbguard.core.format.EpochSalt;
import uk.usbguard.core.format.RecordName;
import uk.usbguard.core.format.RecordType;
import uk.usbguard.core.record.Records;
import uk.usbguard.core.secret.SecretBytes;

@DisplayName("ENC-01, ENC-02: sealed records are those of the test vectors of the format")
class RecordVectorsTest {

  private static final int IV = 12;

  static List<Named<Vector>> vectors() throws Exception {
    return Vector.all("records", 21);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  @DisplayName("open for exactly the name that they were sealed under")
  void recordsOpenAsInTheVectors(Vector v) throws Exception {
    byte[] sealed = v.has("sealed") ? v.bytes("sealed") : seal(v, plain(v), v.bytes("iv"));

    Optional<byte[]> opened = open(v, sealed);

    assertThat(opened.isPresent()).isEqualTo(v.isGood());
    if (v.isGood()) {
      assertThat(opened.orElseThrow()).isEqualTo(plain(v));
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  @DisplayName("are sealed byte for byte the same with the IV of the vector")
  void recordsAreSealedAsInTheVectors(Vector v) throws Exception {
    assertThat(name(v).aad(container(v), (int) v.number("length"))).isEqualTo(v.bytes("aad"));
    if (!v.isGood()) {
      return;
    }
    if (v.has("sealedSha256")) {
      byte[] sealed = seal(v, plain(v), v.bytes("iv"));
      assertThat(MessageDigest.getInstance("SHA-256").digest(sealed))
          .isEqualTo(v.bytes("sealedSha256"));
    } else {
      byte[] expected = v.bytes("sealed");
      assertThat(seal(v, plain(v), Arrays.copyOf(expected, IV))).isEqualTo(expected);
    }
  }

  private static byte[] plain(Vector v) {
    if (v.has("plain")) {
      return v.bytes("plain");
    }
    byte[] plain = new byte[(int) v.number("plainLength")];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = (byte) (7 * i);
    }
    return plain;
  }

  /** What a reader does that expects a record of the length that the vector names. */
  private static Optional<byte[]> open(Vector v, byte[] sealed) {
    int length = (int) v.number("length");
    if (sealed.length != length + AeadKey.OVERHEAD) {
      return Optional.empty();
    }
    CryptoProfile profile = new StandardProfile(new SecureRandom());
    byte[] plain = new byte[length];
    try (SecretBytes master = SecretBytes.take(v.sharedBytes("masterKey"));
        Records records = new Records(profile, master, container(v))) {
      return records.open(name(v), sealed, 0, sealed.length, plain, 0)
          ? Optional.of(plain)
          : Optional.empty();
    }
  }

  private static byte[] seal(Vector v, byte[] plain, byte[] iv) {
    CryptoProfile profile = new StandardProfile(new ScriptedRandom(iv));
    KeySchedule keys = new KeySchedule(profile, v.bytes("containerId"));
    byte[] sealed = new byte[plain.length + AeadKey.OVERHEAD];
    byte[] aad = name(v).aad(container(v), plain.length);
    try (SecretBytes master = SecretBytes.take(v.sharedBytes("masterKey"));
        AeadKey key = keys.epochKey(master, v.bytes("epochSalt"))) {
      key.seal(aad, plain, 0, plain.length, sealed, 0);
    }
    return sealed;
  }

  private static ContainerId container(Vector v) {
    return ContainerId.of(v.bytes("containerId"));
  }

  private static RecordName name(Vector v) {
    return new RecordName(
        EpochSalt.of(v.bytes("epochSalt")),
        v.number("seq"),
        RecordType.of((int) v.number("type")).orElseThrow(),
        v.number("object"),
        v.number("field"));
  }
}
