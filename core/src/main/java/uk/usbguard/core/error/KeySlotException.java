package uk.usbguard.core.error;

/** A change of the key slots that cannot be. */
public final class KeySlotException extends ContainerException {

  private static final long serialVersionUID = 1L;

  /** What stands in the way. */
  public enum Reason {
    /** All slots are in use. */
    NO_FREE_SLOT,
    /** Removing it would leave nobody able to open the container. */
    LAST_SLOT,
    /** There is no slot of that number. */
    NO_SUCH_SLOT,
    /** More passphrases than the format allows. */
    TOO_MANY_PASSPHRASES
  }

  private final Reason reason;

  /** Takes the reason. */
  public KeySlotException(Reason reason) {
    super("key slot: " + reason, null);
    this.reason = reason;
  }

  /** What stands in the way. */
  public Reason reason() {
    return reason;
  }
}
