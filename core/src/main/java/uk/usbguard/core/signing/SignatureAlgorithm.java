package uk.usbguard.core.signing;

import java.util.Arrays;
import java.util.Optional;
import uk.usbguard.core.crypto.SignatureScheme;

/** What a new key is for; an existing key says itself what it is. */
public enum SignatureAlgorithm {
  /** The default. */
  ED25519("Ed25519", SignatureScheme.ED25519),

  /** For the profile {@code fips}. */
  ECDSA_P384("ECDSA-P384", SignatureScheme.ECDSA_P384);

  private final String label;
  private final SignatureScheme scheme;

  SignatureAlgorithm(String label, SignatureScheme scheme) {
    this.label = label;
    this.scheme = scheme;
  }

  /** Its name in files. */
  public String label() {
    return label;
  }

  SignatureScheme scheme() {
    return scheme;
  }

  static Optional<SignatureAlgorithm> of(String label) {
    return Arrays.stream(values()).filter(algorithm -> algorithm.label.equals(label)).findAny();
  }

  static SignatureAlgorithm of(SignatureScheme scheme) {
    return scheme == ED25519.scheme ? ED25519 : ECDSA_P384;
  }
}
