package uk.usbguard.cli.work;

import java.io.IOException;

/** Ctrl-C in the middle of a file: the file is not stored, and the work ends. */
final class CancelledException extends IOException {

  private static final long serialVersionUID = 1L;

  CancelledException() {
    super("interrupted");
  }
}
