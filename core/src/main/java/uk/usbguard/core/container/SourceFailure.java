package uk.usbguard.core.container;

import java.io.IOException;

/** What the caller gave to be read failed. The container is as if it had not been given. */
final class SourceFailure extends IOException {

  private static final long serialVersionUID = 1L;

  private final IOException failure;

  SourceFailure(IOException failure) {
    super(failure);
    this.failure = failure;
  }

  /** What failed. */
  IOException failure() {
    return failure;
  }
}
