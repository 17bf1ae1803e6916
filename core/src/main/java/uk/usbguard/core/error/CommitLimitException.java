package uk.usbguard.core.error;

/** A counter of the format is used up. */
public final class CommitLimitException extends ContainerException {

  private static final long serialVersionUID = 1L;
  private final String what;

  /** Takes the facts. */
  public CommitLimitException(String what) {
    super("used up: " + what, null);
    this.what = what;
  }

  /** Which counter. */
  public String what() {
    return what;
  }
}
