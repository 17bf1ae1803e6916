package uk.usbguard.core.audit;

import org.jspecify.annotations.Nullable;
import uk.usbguard.core.error.UsbguardException;

/** The audit log cannot be written or read as one. */
public final class AuditException extends UsbguardException {

  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Reason {
    /** Other programs have been writing to it for longer than we wait. */
    BUSY,
    /** There is no log in the folder. */
    NO_LOG,
    /**
     * The log is there and its signing key, public key or key for names is not, or is not whole.
     */
    NO_KEY,
    /** The signing key is not the one that the log was begun with. */
    OTHER_KEY,
    /** No entry in the log can be read, so that there is nothing to go on from. */
    UNREADABLE,
    /** What has the name of a file of the log is a link, a device or another thing of that kind. */
    NOT_A_FILE,
    /** It was closed. */
    CLOSED
  }

  private final Reason reason;

  AuditException(Reason reason) {
    this(reason, null);
  }

  AuditException(Reason reason, @Nullable Throwable cause) {
    super("audit log: " + reason, cause);
    this.reason = reason;
  }

  /** What is wrong. */
  public Reason reason() {
    return reason;
  }
}
