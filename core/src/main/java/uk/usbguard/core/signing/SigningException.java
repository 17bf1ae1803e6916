package uk.usbguard.core.signing;

import org.jspecify.annotations.Nullable;
import uk.usbguard.core.error.UsbguardException;

/** A key or signature file that cannot be used. */
public final class SigningException extends UsbguardException {

  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Reason {
    /** The file is not a signing key, or not whole. */
    NOT_A_SIGNING_KEY,
    /** The file is not a public key. */
    NOT_A_PUBLIC_KEY,
    /** The file is not a signature. */
    NOT_A_SIGNATURE,
    /** The passphrase does not open the key, or the file was changed. */
    WRONG_PASSPHRASE,
    /** The key is sealed and no passphrase was given. */
    SEALED,
    /** A key that is not sealed can be read by others than its owner. */
    EXPOSED
  }

  private final Reason reason;

  SigningException(Reason reason) {
    this(reason, null);
  }

  SigningException(Reason reason, @Nullable Throwable cause) {
    super("signing: " + reason, cause);
    this.reason = reason;
  }

  /** What is wrong. */
  public Reason reason() {
    return reason;
  }
}
