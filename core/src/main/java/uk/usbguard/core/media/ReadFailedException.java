package uk.usbguard.core.media;

import org.jspecify.annotations.Nullable;
import uk.usbguard.core.error.UsbguardException;

/** A part of the medium could not be read. Never leaves the package: it becomes a finding. */
final class ReadFailedException extends UsbguardException {

  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final long offset;

  ReadFailedException(Reason reason, long offset, @Nullable Throwable cause) {
    super(reason + " at 0x" + Long.toHexString(offset), cause);
    this.reason = reason;
    this.offset = offset;
  }

  Reason reason() {
    return reason;
  }

  long offset() {
    return offset;
  }
}
