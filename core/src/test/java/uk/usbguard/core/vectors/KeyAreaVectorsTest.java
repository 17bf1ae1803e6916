package uk.usbguard.core.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.usbguard.core.crypto.CryptoProfile;
import uk.usbguard.core.crypto.KeySchedule;
import uk.usbguard.core.crypto.StandardProfile;
import uk.usbguard.core.format.FormatLimits;
import uk.usbguard.core.format.KeyAreaCodec;
import uk.usbguard.core.format.KeyAreaCopies;
import uk.usbguard.core.keyslot.KeySlots;
import uk.usbguard.core.keyslot.UnlockedKeyArea;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.RecoveryKey;
import uk.usbguard.core.secret.SecretBytes;

@DisplayName("ENC-06, ENC-07: a copy of the key area opens as in the test vectors of the format")
class KeyAreaVectorsTest {

  private final CryptoProfile profile = new StandardProfile(new SecureRandom());
  private final KeySlots keySlots = new KeySlots(profile, Clock.systemUTC());

  static List<Named<Vector>> vectors() throws Exception {
    return Vector.all("key-areas", 80);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  @DisplayName("or fails with the class of error that is asked for")
  void copiesOpenAsInTheVectors(Vector v) throws Exception {
    byte[] copy = copy(v);

    String outcome = Outcome.of(() -> assertOpens(v, copy));

    assertThat(outcome).isEqualTo(v.expected());
  }

  private void assertOpens(Vector v, byte[] copy) throws Exception {
    // What is not there reads as zeros, as it does for a container that ends early.
    byte[] padded = Arrays.copyOf(copy, FormatLimits.KEY_AREA_LENGTH);
    KeyAreaCopies copies = KeyAreaCopies.decode(List.of(padded));
    try (UnlockedKeyArea unlocked = unlock(copies, v.json().required("open"))) {
      byte[] master = unlocked.master().use(byte[]::clone);
      assertThat(master).isEqualTo(v.sharedBytes("masterKey"));
      assertThat(unlocked.area().container().id().toBytes())
          .isEqualTo(v.sharedBytes("containerId"));
      assertThat(encoded(unlocked)).as("encoded again").isEqualTo(copy);
    }
  }

  private UnlockedKeyArea unlock(KeyAreaCopies copies, JsonNode open) throws Exception {
    if (open.has("recoveryKey")) {
      try (RecoveryKey key =
          RecoveryKey.parse(open.required("recoveryKey").textValue().toCharArray())) {
        return keySlots.unlock(copies.readable(), key);
      }
    }
    try (Passphrase passphrase =
        Passphrase.of(open.required("passphrase").textValue().toCharArray())) {
      return keySlots.unlock(copies.readable(), passphrase);
    }
  }

  private byte[] encoded(UnlockedKeyArea unlocked) {
    byte[] macInput = KeyAreaCodec.encodeMacInput(unlocked.area());
    KeySchedule keys = new KeySchedule(profile, unlocked.area().container().id().toBytes());
    try (SecretBytes macKey = keys.macKey(unlocked.master())) {
      return KeyAreaCodec.encode(macInput, profile.mac(macKey, macInput, 0, macInput.length));
    }
  }

  private static byte[] copy(Vector v) throws Exception {
    byte[] copy = new byte[(int) v.number("length")];
    for (JsonNode piece : v.json().required("pieces")) {
      byte[] bytes = Vector.bytes(piece.required("hex"));
      System.arraycopy(bytes, 0, copy, piece.required("at").intValue(), bytes.length);
    }
    assertThat(MessageDigest.getInstance("SHA-256").digest(copy)).isEqualTo(v.bytes("sha256"));
    return copy;
  }
}
