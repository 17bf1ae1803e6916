package uk.usbguard.core.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;
import uk.usbguard.core.error.BugException;
import uk.usbguard.core.secret.SecretBytes;

/**
 * A private key and the public key that belongs to it: it is never handed out but sealed by whoever
 * stores it. Wiped when closed; what the JDK copies out of it for a signature it keeps until the
 * collector comes. Safe for use by several threads.
 */
public final class PrivateSigningKey implements AutoCloseable {

  private static final byte[] PROBE = {'u', 's', 'b', 'g', 'u', 'a', 'r', 'd'};

  private final PublicVerifyingKey publicKey;
  private final SecretBytes pkcs8;
  private final SecureRandom random;

  private PrivateSigningKey(PublicVerifyingKey publicKey, SecretBytes pkcs8, SecureRandom random) {
    this.publicKey = publicKey;
    this.pkcs8 = pkcs8;
    this.random = random;
  }

  /** A new key pair, which the caller closes. */
  public static PrivateSigningKey generate(SignatureScheme scheme, SecureRandom random) {
    KeyPair pair = SignatureJca.ofThisPlatform().generate(scheme, random);
    PublicVerifyingKey publicKey =
        PublicVerifyingKey.decode(pair.getPublic().getEncoded())
            .orElseThrow(() -> new BugException("the JDK's own public key is refused"));
    return new PrivateSigningKey(
        publicKey, SecretBytes.take(pair.getPrivate().getEncoded()), random);
  }

  /**
   * Reads a PKCS #8 key, which it copies, and holds it against the public key.
   *
   * @return nothing if it is none, or belongs to another public key
   */
  public static Optional<PrivateSigningKey> of(
      PublicVerifyingKey publicKey, SecretBytes pkcs8, SecureRandom random) {
    PrivateSigningKey key = new PrivateSigningKey(publicKey, pkcs8.copy(), random);
    try {
      if (publicKey.verifies(PROBE, key.signWith(key.privateKey(), PROBE))) {
        return Optional.of(key);
      }
    } catch (GeneralSecurityException e) {
      // Not a key, or not one of this scheme: as good as one that does not fit.
    }
    key.close();
    return Optional.empty();
  }

  public PublicVerifyingKey publicKey() {
    return publicKey;
  }

  /**
   * Signs a message.
   *
   * @throws IllegalStateException if this key is closed
   */
  public byte[] sign(byte[] message) {
    try {
      return signWith(privateKey(), message);
    } catch (GeneralSecurityException e) {
      throw new BugException("a key that has signed before is refused", e);
    }
  }

  /** Lends the PKCS #8 encoding, to be sealed. */
  public SecretBytes encoded() {
    return pkcs8;
  }

  @Override
  public void close() {
    pkcs8.close();
  }

  @Override
  public String toString() {
    return "PrivateSigningKey[" + publicKey.scheme() + ", redacted]";
  }

  private PrivateKey privateKey() throws InvalidKeySpecException {
    return pkcs8.use(
        bytes ->
            SignatureJca.ofThisPlatform()
                .keyFactory(publicKey.scheme())
                .generatePrivate(new PKCS8EncodedKeySpec(bytes)));
  }

  private byte[] signWith(PrivateKey key, byte[] message) throws GeneralSecurityException {
    Signature signature = SignatureJca.ofThisPlatform().signature(publicKey.scheme());
    signature.initSign(key, random);
    signature.update(message);
    return signature.sign();
  }
}
