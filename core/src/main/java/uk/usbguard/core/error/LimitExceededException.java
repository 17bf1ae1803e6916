package uk.usbguard.core.error;

/**
 * The container asks for more than any honest one does; refused before anything was allocated or
 * computed.
 */
public final class LimitExceededException extends ContainerException {

  private static final long serialVersionUID = 1L;
  private final String what;
  private final long claimed;
  private final long limit;

  /** Takes the facts. */
  public LimitExceededException(String what, long claimed, long limit) {
    super(what + " " + claimed + ", limit " + limit, null);
    this.what = what;
    this.claimed = claimed;
    this.limit = limit;
  }

  /** Which number. */
  public String what() {
    return what;
  }

  /** What the container claims. */
  public long claimed() {
    return claimed;
  }

  /** The bound that it breaks. */
  public long limit() {
    return limit;
  }
}
