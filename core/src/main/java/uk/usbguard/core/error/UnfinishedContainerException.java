package uk.usbguard.core.error;

/**
 * The file holds nothing: the container was being made when the program ended or the stick was
 * pulled. Making one of that name begins anew.
 */
public final class UnfinishedContainerException extends NotAContainerException {

  private static final long serialVersionUID = 1L;

  /** There are no facts. */
  public UnfinishedContainerException() {
    super("its making was broken off before anything was stored");
  }
}
