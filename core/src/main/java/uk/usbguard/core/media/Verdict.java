package uk.usbguard.core.media;

/**
 * What a whole medium is. Only {@link #VERIFIED_ENCRYPTED} is proven; docs/verdict.md says what
 * each one claims and what it does not.
 */
public enum Verdict {
  /** Every extent is a fully validated encrypted container, and nothing readable lies between. */
  VERIFIED_ENCRYPTED,
  /** Some extents are encrypted, others are not or cannot be told. */
  PARTIAL,
  /** A file system or data that anybody can read. */
  PLAINTEXT,
  /** Nothing on it. */
  EMPTY,
  /** Looks random and has no structure: could be VeraCrypt, plain dm-crypt or noise; unprovable. */
  OPAQUE,
  /** A hardware-encrypted model that shows no medium before it is unlocked. */
  LOCKED_HARDWARE,
  /** A registered hardware-encrypted model, unlocked: its maker says so, nothing on it shows it. */
  ASSERTED_HARDWARE,
  /** It could not be read to the end. */
  UNREADABLE
}
