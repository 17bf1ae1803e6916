package uk.usbguard.core.policy;

/** What happens to a device. */
public enum Effect {
  /** It may be read and written. */
  ALLOW,
  /** It may be read. */
  READ_ONLY,
  /** It may not be used at all. */
  BLOCK,
  /** It is let through and recorded. */
  AUDIT_ONLY;

  /** The name that policies and reports use. */
  public String label() {
    return Labels.of(this);
  }

  /** True if what has this effect can be written. */
  public boolean letsWrite() {
    return this == ALLOW || this == AUDIT_ONLY;
  }

  /** True if something can be done under this that cannot be done under the other. */
  boolean allowsMoreThan(Effect other) {
    return (letsWrite() && !other.letsWrite()) || (this == READ_ONLY && other == BLOCK);
  }
}
