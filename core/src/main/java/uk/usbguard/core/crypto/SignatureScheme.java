package uk.usbguard.core.crypto;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A signature algorithm together with its kind of key. A key is of one scheme and is used with no
 * other; nothing is negotiated.
 */
public enum SignatureScheme {
  /** EdDSA over edwards25519 (RFC 8032): deterministic, so that no weak random can leak the key. */
  ED25519("Ed25519", "Ed25519", "302a300506032b6570032100", 32),

  /** ECDSA over P-384 with SHA-384 (FIPS 186-5), for where only approved algorithms may be used. */
  ECDSA_P384("EC", "SHA384withECDSA", "3076301006072a8648ce3d020106052b8104002203620004", 96);

  private final String keyAlgorithm;
  private final String signatureAlgorithm;
  private final String publicKeyStart;
  private final int publicKeyLength;

  SignatureScheme(String keyAlgorithm, String signatureAlgorithm, String start, int pointLength) {
    this.keyAlgorithm = keyAlgorithm;
    this.signatureAlgorithm = signatureAlgorithm;
    this.publicKeyStart = start;
    this.publicKeyLength = start.length() / 2 + pointLength;
  }

  /**
   * The scheme that an encoded public key is of. The whole head of the encoding is compared, so
   * that a key has one encoding and another curve is no key at all.
   */
  static Optional<SignatureScheme> of(byte[] encodedPublicKey) {
    return Arrays.stream(values()).filter(scheme -> scheme.fits(encodedPublicKey)).findAny();
  }

  private boolean fits(byte[] encoded) {
    return encoded.length == publicKeyLength
        && HexFormat.of().formatHex(encoded).startsWith(publicKeyStart);
  }

  String keyAlgorithm() {
    return keyAlgorithm;
  }

  String signatureAlgorithm() {
    return signatureAlgorithm;
  }
}
