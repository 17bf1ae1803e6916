package uk.usbguard.core.error;

import org.jspecify.annotations.Nullable;

/** Thrown where the program itself is wrong: a state that cannot be. Nobody catches it to go on. */
public final class BugException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Takes what was thought impossible. */
  public BugException(String message) {
    super(message);
  }

  /** Takes what was thought impossible and how it came about. */
  public BugException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
