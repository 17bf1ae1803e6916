package uk.usbguard.core.media;

import java.io.IOException;

/** A medium did not answer in time, and is not asked again. Becomes a finding. */
final class TooSlowException extends IOException {

  private static final long serialVersionUID = 1L;

  TooSlowException() {
    super("no answer in time");
  }
}
