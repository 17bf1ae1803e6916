package uk.usbguard.core.passphrase;

import org.jspecify.annotations.Nullable;
import uk.usbguard.core.error.UsbguardException;

/** A new passphrase breaks the rules. */
public final class PassphraseRefusedException extends UsbguardException {

  private final transient Refusal refusal;

  PassphraseRefusedException(Refusal refusal, @Nullable Throwable cause) {
    super("passphrase refused: " + refusal.code(), cause);
    this.refusal = refusal;
  }

  public Refusal refusal() {
    return refusal;
  }
}
