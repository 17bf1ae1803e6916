package uk.usbguard.core.crypto;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.EllipticCurve;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import uk.usbguard.core.error.BugException;

/**
 * A public key: says whether a message was signed with the private key that belongs to it. Holds no
 * secret. Safe for use by several threads.
 */
public final class PublicVerifyingKey {

  private final SignatureScheme scheme;
  private final byte[] encoded;
  private final PublicKey key;

  private PublicVerifyingKey(SignatureScheme scheme, byte[] encoded, PublicKey key) {
    this.scheme = scheme;
    this.encoded = encoded;
    this.key = key;
  }

  /**
   * Reads a SubjectPublicKeyInfo (RFC 5280, 8410, 5480).
   *
   * @return nothing if it is not exactly the encoding of a key of one of our schemes
   */
  public static Optional<PublicVerifyingKey> decode(byte[] encoded) {
    return SignatureScheme.of(encoded).flatMap(scheme -> decode(scheme, encoded.clone()));
  }

  private static Optional<PublicVerifyingKey> decode(SignatureScheme scheme, byte[] encoded) {
    try {
      PublicKey key =
          SignatureJca.ofThisPlatform()
              .keyFactory(scheme)
              .generatePublic(new X509EncodedKeySpec(encoded));
      SignatureJca.ofThisPlatform().signature(scheme).initVerify(key);
      boolean sound = Arrays.equals(key.getEncoded(), encoded) && isOnItsCurve(key);
      return sound ? Optional.of(new PublicVerifyingKey(scheme, encoded, key)) : Optional.empty();
    } catch (InvalidKeySpecException | InvalidKeyException e) {
      return Optional.empty(); // for Ed25519: a point that is none
    }
  }

  /** For ECDSA, where the JDK takes any two numbers for a point (SP 800-186, D.1.1). */
  private static boolean isOnItsCurve(PublicKey key) {
    if (!(key instanceof ECPublicKey ec)) {
      return true;
    }
    EllipticCurve curve = ec.getParams().getCurve();
    BigInteger p = ((ECFieldFp) curve.getField()).getP();
    BigInteger x = ec.getW().getAffineX();
    BigInteger y = ec.getW().getAffineY();
    BigInteger right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB());
    return x.compareTo(p) < 0 && y.compareTo(p) < 0 && y.pow(2).mod(p).equals(right.mod(p));
  }

  /** The scheme that this key is of. */
  public SignatureScheme scheme() {
    return scheme;
  }

  /** The SubjectPublicKeyInfo, as openssl reads it. */
  public byte[] encoded() {
    return encoded.clone();
  }

  /** SHA-256 over {@link #encoded()}: what people compare. */
  public byte[] digest() {
    return Sha256.begin().digest(encoded);
  }

  /** Whether the signature is this message's under this key. */
  public boolean verifies(byte[] message, byte[] signature) {
    Signature verifier = SignatureJca.ofThisPlatform().signature(scheme);
    try {
      verifier.initVerify(key);
    } catch (InvalidKeyException e) {
      throw new BugException("the key factory's own key is refused", e);
    }
    try {
      verifier.update(message);
      return verifier.verify(signature);
    } catch (SignatureException e) {
      return false; // of a wrong length or encoding
    }
  }
}
