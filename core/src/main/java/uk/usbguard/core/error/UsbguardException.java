package uk.usbguard.core.error;

import org.jspecify.annotations.Nullable;

/** The root of everything the caller has to handle. Its message is for the log, not for people. */
public abstract class UsbguardException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Takes a technical message without secrets or names, and the cause if there is one. */
  protected UsbguardException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
