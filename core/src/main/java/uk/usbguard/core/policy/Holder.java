package uk.usbguard.core.policy;

/** Whom the register names for the device, seen from the person who uses it now. */
public enum Holder {
  /** Nobody: it is not registered. */
  NONE,
  /** This person. */
  OWN,
  /** A team that this person belongs to. */
  POOLED,
  /** Somebody else of the organisation. */
  OTHER_PERSON,
  /** Another organisation. */
  OTHER_ORGANISATION
}
