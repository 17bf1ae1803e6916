package uk.usbguard.core.registry;

/** Whose drive it is. */
public enum Ownership {
  /** The organisation's, in one person's hands. */
  ASSIGNED,
  /** The organisation's, shared: the owner is who keeps the pool. */
  POOLED,
  /** The person's own: only with an exception that ends. */
  PERSONAL
}
