package uk.usbguard.core.crypto;

/**
 * Argon2id, version 1.3 (RFC 9106), without secret and associated data: whoever computes it gives
 * the same bytes. Safe for use by several threads at once.
 */
public interface Argon2Engine {

  /** Who computes it, for reports. */
  String module();

  /**
   * Derives from a passphrase, which is borrowed. It takes the memory that the cost names and wipes
   * it. The caller wipes the result.
   */
  byte[] derive(byte[] passphrase, KdfCost cost, byte[] salt, int length);

  /** The one that runs on every PC. */
  static Argon2Engine bouncyCastle() {
    return new BouncyCastleArgon2();
  }
}
