package uk.usbguard.core.keyslot;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import uk.usbguard.core.crypto.CryptoProfile;
import uk.usbguard.core.crypto.KeySchedule;
import uk.usbguard.core.format.ByteString;
import uk.usbguard.core.format.FormatLimits;
import uk.usbguard.core.format.WrappedMasterKey;
import uk.usbguard.core.secret.SecretBytes;

/**
 * The two halves of a slot's derivation: the KEK, and the check value that commits to it. Without
 * the second, one wrapped key could be made that opens under several passphrases.
 */
final class SlotKeys implements AutoCloseable {

  private final CryptoProfile profile;
  private final SecretBytes kek;
  private final ByteString checkValue;

  private SlotKeys(CryptoProfile profile, SecretBytes kek, ByteString checkValue) {
    this.profile = profile;
    this.kek = kek;
    this.checkValue = checkValue;
  }

  /** Borrows what was derived. */
  static SlotKeys split(CryptoProfile profile, SecretBytes derived) {
    return derived.use(
        bytes -> {
          int half = KeySchedule.KEY_LENGTH;
          SecretBytes kek = SecretBytes.take(Arrays.copyOf(bytes, half));
          // Not a secret in the strict sense: it stands in the slot for everybody to read.
          byte[] check = Arrays.copyOfRange(bytes, half, 2 * half);
          try {
            return new SlotKeys(profile, kek, ByteString.of(check));
          } finally {
            Arrays.fill(check, (byte) 0);
          }
        });
  }

  WrappedMasterKey wrap(SecretBytes master, byte[] salt) {
    return new WrappedMasterKey(
        ByteString.of(salt), checkValue, ByteString.of(profile.wrap(kek, master)));
  }

  /** The master key, which the caller closes; nothing if this is not what opens the slot. */
  Optional<SecretBytes> unwrap(WrappedMasterKey slot) {
    if (!MessageDigest.isEqual(checkValue.toBytes(), slot.checkValue().toBytes())) {
      return Optional.empty();
    }
    Optional<SecretBytes> master = profile.unwrap(kek, slot.wrapped().toBytes());
    if (master.isPresent() && master.get().length() != FormatLimits.MASTER_KEY_LENGTH) {
      master.get().close();
      return Optional.empty();
    }
    return master;
  }

  @Override
  public void close() {
    kek.close();
  }
}
