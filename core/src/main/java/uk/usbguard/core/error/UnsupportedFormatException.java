package uk.usbguard.core.error;

/** The container is of a version, profile or slot type that this release does not know or serve. */
public final class UnsupportedFormatException extends ContainerException {

  private static final long serialVersionUID = 1L;
  private final String what;
  private final long claimed;

  /** Takes the facts. */
  public UnsupportedFormatException(String what, long claimed) {
    super("unsupported " + what + " " + claimed, null);
    this.what = what;
    this.claimed = claimed;
  }

  /** What is not supported: version, profile, slot type. */
  public String what() {
    return what;
  }

  /** The number found. */
  public long claimed() {
    return claimed;
  }
}
