package uk.usbguard.core.error;

/** Another process, or another part of this one, has the container open for writing. */
public final class ContainerBusyException extends ContainerException {

  private static final long serialVersionUID = 1L;

  /** Takes the facts. */
  public ContainerBusyException() {
    super("another writer has it", null);
  }
}
