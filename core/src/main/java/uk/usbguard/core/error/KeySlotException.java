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
    /** Nothing of the kind that is meant is in the slot of that number. */
    NO_SUCH_SLOT,
    /** More passphrases than the format allows. */
    TOO_MANY_PASSPHRASES
  }

  private final Reason reason;
  private final int slot;

  /** Takes a reason that is about no slot in particular. */
  public KeySlotException(Reason reason) {
    this(reason, -1);
  }

  private KeySlotException(Reason reason, int slot) {
    super("key slot: " + reason, null);
    this.reason = reason;
    this.slot = slot;
  }

  /** For a slot with nothing in it that could be used so. */
  public static KeySlotException noSuchSlot(int slot) {
    return new KeySlotException(Reason.NO_SUCH_SLOT, slot);
  }

  /** What stands in the way. */
  public Reason reason() {
    return reason;
  }

  /** The number that was asked for; -1 if the reason is about no slot in particular. */
  public int slot() {
    return slot;
  }
}
