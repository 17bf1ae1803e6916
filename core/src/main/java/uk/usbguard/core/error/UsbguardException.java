package uk.usbguard.core.error;

import org.jspecify.annotations.Nullable;

/** The root of everything that core throws on purpose and a caller is expected to handle. */
public abstract class UsbguardException extends Exception {

  protected UsbguardException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
