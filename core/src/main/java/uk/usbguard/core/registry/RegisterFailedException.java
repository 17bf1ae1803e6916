package uk.usbguard.core.registry;

import org.jspecify.annotations.Nullable;
import uk.usbguard.core.error.UsbguardException;

/** The database could not do it. Unless {@link Problem#OUTCOME_UNKNOWN}, nothing was changed. */
public final class RegisterFailedException extends UsbguardException {

  private static final long serialVersionUID = 1L;

  /** What is the matter. */
  public enum Problem {
    /** Another process has it locked. */
    BUSY,
    /** No room on the disk. */
    FULL,
    /** The disk fails to read or write. */
    FAULTY,
    /** What was read is not what was written. */
    DAMAGED,
    /**
     * A backup that cannot take the register's place; the detail says why: missing, none, damaged,
     * foreign, newer, unreadable.
     */
    UNFIT_BACKUP,
    /** It is sound: no backup takes its place unless that is named. */
    SOUND,
    /** No register at all. */
    NOT_A_REGISTER,
    /** A newer release has changed it. */
    NEWER,
    /** May only be read, or not even that. */
    NOT_WRITABLE,
    /** There is no such file or folder. */
    NOT_FOUND,
    /** The server does not answer. */
    UNREACHABLE,
    /** The server went away while it saved: whether it did could not be found out. */
    OUTCOME_UNKNOWN,
    /** The server does not let this user in. */
    LOGIN_REFUSED,
    /** Anything else; the detail says what. */
    OTHER
  }

  private final Problem problem;
  private final String detail;

  /** Takes the problem, a technical detail without secrets or names, and the cause. */
  public RegisterFailedException(Problem problem, String detail, @Nullable Throwable cause) {
    super("register: " + problem + ": " + detail, cause);
    this.problem = problem;
    this.detail = detail;
  }

  /** What is the matter. */
  public Problem problem() {
    return problem;
  }

  /** What the database said, without names. */
  public String detail() {
    return detail;
  }
}
