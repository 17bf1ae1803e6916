package uk.usbguard.core.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import uk.usbguard.core.secret.RecoveryKey;
import uk.usbguard.core.secret.SecretBytes;

/**
 * Which key is derived from which, and under which label: the table in section 3 of the format, and
 * the only place where these labels are written.
 */
public final class KeySchedule {

  /** The length of a master key, of a KEK and of every derived key. */
  public static final int KEY_LENGTH = 32;

  private static final byte[] KEY_AREA = label("usbguard/1 key area");
  private static final byte[] ROOT_SLOT = label("usbguard/1 root slot");
  private static final byte[] EPOCH = label("usbguard/1 epoch");
  private static final byte[] RECOVERY_SLOT = label("usbguard/1 recovery slot");

  private final CryptoProfile profile;
  private final byte[] containerId;

  public KeySchedule(CryptoProfile profile, byte[] containerId) {
    this.profile = profile;
    this.containerId = containerId.clone();
  }

  /** The key of the MAC over the key area. */
  public SecretBytes macKey(SecretBytes master) {
    return profile.derive(master, containerId, KEY_AREA, KEY_LENGTH);
  }

  /** The key that seals root slots. */
  public AeadKey rootKey(SecretBytes master) {
    return aead(master, ROOT_SLOT);
  }

  /** The key that seals the records of the epoch with this salt. */
  public AeadKey epochKey(SecretBytes master, byte[] epochSalt) {
    return aead(
        master,
        ByteBuffer.allocate(EPOCH.length + epochSalt.length).put(EPOCH).put(epochSalt).array());
  }

  /** KEK and check value, one behind the other, of a recovery slot. */
  public static SecretBytes recoverySlot(CryptoProfile profile, RecoveryKey key, byte[] salt) {
    try (SecretBytes bytes = key.use(SecretBytes::copyOf)) {
      return profile.derive(bytes, salt, RECOVERY_SLOT, 2 * KEY_LENGTH);
    }
  }

  private AeadKey aead(SecretBytes master, byte[] info) {
    try (SecretBytes key = profile.derive(master, containerId, info, KEY_LENGTH)) {
      return profile.aead(key);
    }
  }

  private static byte[] label(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
