package uk.usbguard.core.error;

/** The container is of a version, profile or slot type that this release does not know or serve. */
public final class UnsupportedFormatException extends ContainerException {

  private static final long serialVersionUID = 1L;

  /** What has a number that this release does not know or serve. */
  public enum What {
    FORMAT_VERSION,
    PROFILE,
    SLOT_TYPE,
    KEY_DERIVATION,
    FLAGS
  }

  private final What what;
  private final long claimed;

  /** Takes the facts. */
  public UnsupportedFormatException(What what, long claimed) {
    super("unsupported " + what + " " + claimed, null);
    this.what = what;
    this.claimed = claimed;
  }

  /** What is not supported. */
  public What what() {
    return what;
  }

  /** The number found. */
  public long claimed() {
    return claimed;
  }
}
