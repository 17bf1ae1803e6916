package uk.usbguard.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.crypto.AeadKey;
import uk.usbguard.core.crypto.StandardProfile;
import uk.usbguard.core.format.ContainerId;
import uk.usbguard.core.format.EpochSalt;
import uk.usbguard.core.format.FormatLimits;
import uk.usbguard.core.secret.SecretBytes;

@DisplayName("ENC-05: one key of a session")
class WriteEpochTest {

  /** No batch has as many records as that: 16 MiB in records of 128 bytes and more. */
  private static final long ROOM_FOR_A_BATCH = 1 << 20;

  @Test
  @DisplayName("is given up for a new one before 2^31 records are sealed with it")
  void isGivenUpInTime() {
    StandardProfile profile = new StandardProfile(new SecureRandom());
    EpochSalt salt = EpochSalt.of(profile.randomBytes(FormatLimits.EPOCH_SALT_LENGTH));
    byte[] id = new byte[FormatLimits.CONTAINER_ID_LENGTH];
    Arrays.fill(id, (byte) 7);
    try (SecretBytes secret = profile.randomKey(FormatLimits.MASTER_KEY_LENGTH);
        AeadKey key = profile.aead(secret)) {
      long last = (1L << 31) - ROOM_FOR_A_BATCH;
      WriteEpoch epoch = new WriteEpoch(ContainerId.of(id), salt, key, last);
      assertThat(epoch.isWorn()).isFalse();
      assertThat(epoch.take()).isEqualTo(last);
      assertThat(epoch.isWorn()).isTrue();
    }
  }
}
