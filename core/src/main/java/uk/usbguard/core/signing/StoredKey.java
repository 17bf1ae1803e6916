package uk.usbguard.core.signing;

import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.crypto.PrivateSigningKey;
import uk.usbguard.core.crypto.PublicVerifyingKey;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.SecretBytes;
import uk.usbguard.core.signing.SigningException.Reason;

/**
 * A signing key as it lies in its file, not yet open. Nothing in the file is trusted: the public
 * key that it names is held against the private one on opening, and the cost of the key derivation
 * is capped when it is read.
 */
public final class StoredKey implements AutoCloseable {

  static final String TITLE = "usbguard signing key 1";

  private final PublicVerifyingKey publicKey;

  /** One of these two is there. */
  private final @Nullable Seal seal;

  private final @Nullable SecretBytes bare;
  private final SecureRandom random;

  private StoredKey(
      PublicVerifyingKey publicKey,
      @Nullable Seal seal,
      @Nullable SecretBytes bare,
      SecureRandom random) {
    this.publicKey = publicKey;
    this.seal = seal;
    this.bare = bare;
    this.random = random;
  }

  static StoredKey parse(byte[] file, SecureRandom random) throws SigningException {
    return LabelledLines.of(file, TITLE)
        .flatMap(lines -> parse(lines, random))
        .orElseThrow(() -> new SigningException(Reason.NOT_A_SIGNING_KEY));
  }

  private static Optional<StoredKey> parse(LabelledLines lines, SecureRandom random) {
    Optional<SignatureAlgorithm> algorithm =
        lines.value("algorithm").flatMap(SignatureAlgorithm::of);
    Optional<PublicVerifyingKey> publicKey =
        lines
            .bytes("public")
            .flatMap(PublicVerifyingKey::decode)
            .filter(key -> algorithm.filter(a -> a.scheme() == key.scheme()).isPresent());
    @Nullable SecretBytes bare =
        lines
            .bytes("private")
            .filter(bytes -> bytes.length > 0)
            .map(SecretBytes::take)
            .orElse(null);
    @Nullable Seal seal = bare == null ? Seal.parse(lines).orElse(null) : null;
    if (publicKey.isEmpty() || (bare == null && seal == null) || !lines.isAtEnd()) {
      return Optional.empty();
    }
    return Optional.of(new StoredKey(publicKey.get(), seal, bare, random));
  }

  /** Whether a passphrase is needed. */
  public boolean isSealed() {
    return seal != null;
  }

  /** The public key that the file claims; opening verifies it. */
  public Verifier claimedVerifier() {
    return new Verifier(publicKey);
  }

  /** Opens a sealed key; slow on purpose. The caller closes the result. */
  public Signer open(Passphrase passphrase) throws SigningException {
    if (seal == null) {
      return open();
    }
    Optional<SecretBytes> unsealed = seal.open(passphrase, random);
    if (unsealed.isEmpty()) {
      throw new SigningException(Reason.WRONG_PASSPHRASE);
    }
    try (SecretBytes pkcs8 = unsealed.get()) {
      return signer(pkcs8);
    }
  }

  /** Opens a key that is not sealed. The caller closes the result. */
  public Signer open() throws SigningException {
    if (bare == null) {
      throw new SigningException(Reason.SEALED);
    }
    return signer(bare);
  }

  private Signer signer(SecretBytes pkcs8) throws SigningException {
    return PrivateSigningKey.of(publicKey, pkcs8, random)
        .map(Signer::new)
        .orElseThrow(() -> new SigningException(Reason.NOT_A_SIGNING_KEY));
  }

  @Override
  public void close() {
    if (bare != null) {
      bare.close();
    }
  }

  @Override
  public String toString() {
    return "StoredKey[" + publicKey.scheme() + ", redacted]";
  }
}
