package uk.usbguard.core.check;

import uk.usbguard.core.error.UsbguardException;

/** Somebody asked for an early end of a repair. Nothing that could be read before is lost by it. */
public final class RepairStoppedException extends UsbguardException {

  private static final long serialVersionUID = 1L;

  /** How far it had come. */
  public enum Reached {
    /** All is as it was. */
    NOTHING,

    /** The new container is put together from the pieces, and not repaired. */
    ASSEMBLED,

    /** The container is repaired; what is in it has not been read to the end. */
    REPAIRED
  }

  private final Reached reached;

  RepairStoppedException(Reached reached, Throwable cause) {
    super("stopped at " + reached, cause);
    this.reached = reached;
  }

  /** How far it had come. */
  public Reached reached() {
    return reached;
  }
}
