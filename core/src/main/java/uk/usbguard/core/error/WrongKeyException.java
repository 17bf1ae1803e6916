package uk.usbguard.core.error;

/**
 * No slot opens with what was given. Wrong passphrase, wrong key and a slot that was tampered with
 * look the same.
 */
public final class WrongKeyException extends ContainerException {

  private static final long serialVersionUID = 1L;

  /** Takes the facts. */
  public WrongKeyException() {
    super("no slot opens", null);
  }
}
