package uk.usbguard.core.registry;

/**
 * Whose register it is, and whom people call.
 *
 * @param serviceDesk how to reach the IT service desk
 * @param governance how to reach information governance
 */
public record Organisation(String name, String serviceDesk, String governance) {

  /** Before {@code org init}. */
  public static final Organisation NONE = new Organisation("", "", "");
}
