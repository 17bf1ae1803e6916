package uk.usbguard.core.registry;

/** What a drive may be used for, as far as the register knows; the later the less. */
public enum Restriction {
  NONE,
  /** Used as before, but its user is told. */
  WARN,
  /** Data comes off, none goes on. */
  READ_ONLY,
  /** Not at all. */
  LOCKED
}
