package uk.usbguard.core.error;

/**
 * Something that cannot happen unless this program or its platform is broken, such as a JDK without
 * AES. Never thrown for anything that a user, a medium or an attacker can cause.
 */
public final class BugException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public BugException(String whatCannotHappen) {
    super(whatCannotHappen);
  }

  public BugException(String whatCannotHappen, Throwable cause) {
    super(whatCannotHappen, cause);
  }
}
