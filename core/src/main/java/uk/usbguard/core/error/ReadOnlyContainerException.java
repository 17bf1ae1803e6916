package uk.usbguard.core.error;

/** A change was asked of a container that is open for reading only. */
public final class ReadOnlyContainerException extends ContainerException {

  private static final long serialVersionUID = 1L;
  private final String why;

  /** Takes the facts. */
  public ReadOnlyContainerException(String why) {
    super("read-only: " + why, null);
    this.why = why;
  }

  /** Why it is read-only. */
  public String why() {
    return why;
  }
}
