package uk.usbguard.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.secret.SecretBytes;

@DisplayName("Derived keys")
class KeyScheduleTest {

  private final CryptoProfile profile = new StandardProfile(new SecureRandom());
  private final KeySchedule schedule = new KeySchedule(profile, counting(0xA0, 16));

  // python3 core/src/test/resources/uk/usbguard/core/keyslot/key_area.py
  @Test
  @DisplayName("are the ones that a program derives which knows nothing but docs/format.md")
  void areTheOnesOfAnIndependentProgram() {
    try (SecretBytes master = SecretBytes.take(counting(0, 32));
        SecretBytes macKey = schedule.macKey(master);
        AeadKey rootKey = schedule.rootKey(master);
        AeadKey epochKey = schedule.epochKey(master, counting(0, 32))) {
      String macKeyHex = macKey.use(HexFormat.of()::formatHex);
      assertThat(macKeyHex)
          .isEqualTo("df59a48efb0559d881427b4438367edf3ca848cb2c409b533aa6c68d895eed5b");
      assertOpensWith(rootKey, "16db591855622c89d29489899afa6c35969d8c0f2ad159dc12019ca98e5b14cb");
      assertOpensWith(epochKey, "b3352f2f4c43cbeaed17771369cdb1ba29f990884947372452808f978519c3d8");
    }
  }

  private void assertOpensWith(AeadKey key, String expected) {
    byte[] sealed = new byte[1 + AeadKey.OVERHEAD];
    key.seal(new byte[0], new byte[1], 0, 1, sealed, 0);
    try (SecretBytes bytes = SecretBytes.take(HexFormat.of().parseHex(expected));
        AeadKey same = profile.aead(bytes)) {
      assertThat(same.open(new byte[0], sealed, 0, sealed.length, new byte[1], 0)).isTrue();
    }
  }

  private static byte[] counting(int start, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (start + i);
    }
    return bytes;
  }
}
