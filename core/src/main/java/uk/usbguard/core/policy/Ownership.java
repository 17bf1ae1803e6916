package uk.usbguard.core.policy;

/** Who owns the device. */
public enum Ownership {
  /** Nobody knows: it is not registered. */
  UNKNOWN,
  /** The organisation. */
  ORGANISATION,
  /** A member of staff; may be used only under an approved exemption that has not run out. */
  PERSONAL
}
