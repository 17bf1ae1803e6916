package uk.usbguard.core.secret;

import uk.usbguard.core.error.UsbguardException;

/** What was typed cannot be encoded as a passphrase at all, whatever the rules say. */
public final class UnusablePassphraseException extends UsbguardException {

  /** Why. */
  public enum Reason {
    /** Half of a character: the text was cut or damaged on its way here. */
    UNPAIRED_SURROGATE,
    /** The character NUL, which ends the text for some programs and would shorten the phrase. */
    NUL,
    /** More than {@link Passphrase#MAXIMUM_BYTES} bytes of UTF-8. */
    TOO_LONG
  }

  private final Reason reason;
  private final int position;

  UnusablePassphraseException(Reason reason, int position) {
    super("unusable passphrase: " + reason + " at code point " + position, null);
    this.reason = reason;
    this.position = position;
  }

  public Reason reason() {
    return reason;
  }

  /**
   * Where, as a count of the code points before it in what was typed; for a phrase that is too long
   * it is 0.
   */
  public int position() {
    return position;
  }
}
