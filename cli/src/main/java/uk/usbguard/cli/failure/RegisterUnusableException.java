package uk.usbguard.cli.failure;

import uk.usbguard.core.error.UsbguardException;
import uk.usbguard.core.registry.RegisterFailedException;

/** A register's database could not do it: which register, as the person named it. */
public final class RegisterUnusableException extends UsbguardException {

  private static final long serialVersionUID = 1L;

  private final transient String place;
  private final RegisterFailedException failure;

  /** Takes the place, which is shown and never logged. */
  public RegisterUnusableException(String place, RegisterFailedException failure) {
    super("register: " + failure.problem(), failure);
    this.place = place;
    this.failure = failure;
  }

  String place() {
    return place;
  }

  RegisterFailedException failure() {
    return failure;
  }
}
