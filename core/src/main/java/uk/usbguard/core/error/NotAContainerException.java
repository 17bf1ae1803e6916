package uk.usbguard.core.error;

/** The file is no container at all: empty, too short, or another program's. */
public sealed class NotAContainerException extends ContainerException
    permits UnfinishedContainerException {

  private static final long serialVersionUID = 1L;
  private final String detail;

  /** Takes the facts. */
  public NotAContainerException(String detail) {
    super("not a container: " + detail, null);
    this.detail = detail;
  }

  /** What was found instead. */
  public String detail() {
    return detail;
  }
}
