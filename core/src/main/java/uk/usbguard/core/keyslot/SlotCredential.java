package uk.usbguard.core.keyslot;

import uk.usbguard.core.crypto.CryptoProfile;
import uk.usbguard.core.crypto.KdfCost;
import uk.usbguard.core.crypto.KeySchedule;
import uk.usbguard.core.error.LimitExceededException;
import uk.usbguard.core.format.SlotKdf;
import uk.usbguard.core.format.SlotType;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.RecoveryKey;
import uk.usbguard.core.secret.SecretBytes;

/** What opens slots of one type, and how KEK and check value come from it. Borrows the secret. */
interface SlotCredential {

  SlotType type();

  /** Whether this release can compute that derivation. */
  boolean canDerive(SlotKdf kdf);

  /**
   * KEK and check value, one behind the other.
   *
   * @throws LimitExceededException if this PC has not the memory that the slot asks for
   */
  SecretBytes derive(SlotKdf kdf, byte[] salt) throws LimitExceededException;

  /** The costs that the format names, as the ones that the profile computes. */
  static KdfCost cost(SlotKdf.Argon2id kdf) {
    return new KdfCost(kdf.memoryKib(), kdf.passes(), kdf.lanes());
  }

  /** A passphrase, which opens Argon2id slots in this profile. */
  final class ByPassphrase implements SlotCredential {

    private static final int KIB = 1024;

    private final CryptoProfile profile;
    private final Passphrase passphrase;

    ByPassphrase(CryptoProfile profile, Passphrase passphrase) {
      this.profile = profile;
      this.passphrase = passphrase;
    }

    @Override
    public SlotType type() {
      return SlotType.PASSPHRASE;
    }

    @Override
    public boolean canDerive(SlotKdf kdf) {
      return kdf instanceof SlotKdf.Argon2id;
    }

    @Override
    public SecretBytes derive(SlotKdf kdf, byte[] salt) throws LimitExceededException {
      KdfCost cost = cost((SlotKdf.Argon2id) kdf);
      try {
        return profile.passphraseKey(passphrase, cost, salt, 2 * KeySchedule.KEY_LENGTH);
      } catch (OutOfMemoryError e) {
        // Within the format's cap, but this JVM's heap is smaller: no fault of this program.
        throw new LimitExceededException(
            "Argon2id memory in KiB", cost.memoryKib(), Runtime.getRuntime().maxMemory() / KIB);
      }
    }
  }

  /** A recovery key. */
  final class ByRecoveryKey implements SlotCredential {

    private final CryptoProfile profile;
    private final RecoveryKey key;

    ByRecoveryKey(CryptoProfile profile, RecoveryKey key) {
      this.profile = profile;
      this.key = key;
    }

    @Override
    public SlotType type() {
      return SlotType.RECOVERY;
    }

    @Override
    public boolean canDerive(SlotKdf kdf) {
      return kdf instanceof SlotKdf.Hkdf;
    }

    @Override
    public SecretBytes derive(SlotKdf kdf, byte[] salt) {
      return KeySchedule.recoverySlot(profile, key, salt);
    }
  }
}
