package uk.usbguard.core.secret;

import java.util.OptionalInt;
import uk.usbguard.core.error.UsbguardException;

/** What was typed is not a recovery key. Says where, never what. */
public final class RecoveryKeyFormatException extends UsbguardException {

  /** Why. */
  public enum Reason {
    /** Not eight groups of five symbols. */
    WRONG_LENGTH,
    /** A character that no recovery key contains. */
    UNKNOWN_CHARACTER,
    /** The check symbol of a group does not fit the rest of it. */
    CHECK_SYMBOL
  }

  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final int value;

  RecoveryKeyFormatException(Reason reason, int value) {
    super(
        reason == Reason.WRONG_LENGTH
            ? "a recovery key of " + value + " symbols"
            : "recovery key, group " + value + ": " + reason,
        null);
    this.reason = reason;
    this.value = value;
  }

  public Reason reason() {
    return reason;
  }

  /** The group that is wrong, counted from 1; nothing if the length is. */
  public OptionalInt group() {
    return reason == Reason.WRONG_LENGTH ? OptionalInt.empty() : OptionalInt.of(value);
  }

  /** The number of symbols that were typed, if that is what is wrong. */
  public OptionalInt symbols() {
    return reason == Reason.WRONG_LENGTH ? OptionalInt.of(value) : OptionalInt.empty();
  }
}
