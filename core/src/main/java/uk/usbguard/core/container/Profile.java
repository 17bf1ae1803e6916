package uk.usbguard.core.container;

/** The set of algorithms a container is made with. */
public enum Profile {
  /** AES-256-GCM, Argon2id, HKDF-SHA-256. */
  STANDARD,
  /**
   * The same format through a FIPS 140-3 module; has its place in the format, not in this release.
   */
  FIPS
}
