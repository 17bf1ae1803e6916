package uk.usbguard.core.signing;

import uk.usbguard.core.crypto.PrivateSigningKey;

/**
 * A private key, open for signing until it is closed. Safe for use by several threads. Nothing
 * hands the key out.
 */
public final class Signer implements AutoCloseable {

  private final PrivateSigningKey key;

  /** Takes the key over. */
  Signer(PrivateSigningKey key) {
    this.key = key;
  }

  /** The public key that belongs to it. */
  public Verifier verifier() {
    return new Verifier(key.publicKey());
  }

  /**
   * Signs a content for a purpose, for a file of its own.
   *
   * @throws IllegalStateException if this is closed
   */
  public DetachedSignature sign(SigningPurpose purpose, byte[] content) {
    return new DetachedSignature(purpose, verifier().fingerprint(), bytes(purpose, content));
  }

  /** The bare bytes of a signature, for formats that have a place of their own for it. */
  public byte[] bytes(SigningPurpose purpose, byte[] content) {
    return key.sign(purpose.message(content));
  }

  /** Wipes the key. Closing again does nothing. */
  @Override
  public void close() {
    key.close();
  }

  @Override
  public String toString() {
    return "Signer[redacted]";
  }
}
