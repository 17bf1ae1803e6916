package uk.usbguard.core.device;

import uk.usbguard.core.error.UsbguardException;

/**
 * The descriptors of a device do not add up, so that nobody can say which interfaces it has. Such a
 * device is taken for one that holds data.
 */
public final class MalformedDescriptorsException extends UsbguardException {

  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Reason {
    /** More bytes than the largest device that a kernel takes. */
    TOO_LARGE,
    /** It does not begin with a device descriptor. */
    NO_DEVICE,
    /** A descriptor is shorter than its kind must be; a length of 0 would never end. */
    LENGTH,
    /** A descriptor or a configuration ends after its container. */
    TRUNCATED,
    /** A device or configuration descriptor stands where neither may. */
    MISPLACED,
    /** There are more or fewer configurations than the device says, or none. */
    CONFIGURATIONS,
    /** More interfaces and alternate settings than any honest device has. */
    TOO_MANY
  }

  private final Reason reason;
  private final int offset;

  MalformedDescriptorsException(Reason reason, int offset) {
    super("descriptors: " + reason + " at " + offset, null);
    this.reason = reason;
    this.offset = offset;
  }

  /** What is wrong. */
  public Reason reason() {
    return reason;
  }

  /** Where the descriptor begins that is wrong. */
  public int offset() {
    return offset;
  }
}
