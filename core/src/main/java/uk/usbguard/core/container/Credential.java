package uk.usbguard.core.container;

import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.RecoveryKey;

/** What opens a container. Lends the secret; whoever made that closes it. */
public sealed interface Credential {

  /** A passphrase. */
  record ByPassphrase(Passphrase passphrase) implements Credential {
    @Override
    public String toString() {
      return "passphrase";
    }
  }

  /** A recovery key. */
  record ByRecoveryKey(RecoveryKey key) implements Credential {
    @Override
    public String toString() {
      return "recovery key";
    }
  }

  /** Opens with a passphrase. */
  static Credential of(Passphrase passphrase) {
    return new ByPassphrase(passphrase);
  }

  /** Opens with a recovery key. */
  static Credential of(RecoveryKey key) {
    return new ByRecoveryKey(key);
  }
}
