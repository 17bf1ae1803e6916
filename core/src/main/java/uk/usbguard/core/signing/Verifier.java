package uk.usbguard.core.signing;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uk.usbguard.core.crypto.PublicVerifyingKey;
import uk.usbguard.core.signing.SigningException.Reason;

/**
 * A public key that somebody trusts. What {@link #check} calls {@link Outcome#GENUINE} was signed
 * with the private key that belongs to it, for this purpose, byte for byte. It does not say when it
 * was signed, nor whether something newer has been signed since.
 */
public final class Verifier {

  /** Larger files are no public keys; nobody reads on. */
  public static final int MAXIMUM_FILE_BYTES = 4096;

  /** Text before and after the block is allowed, as in any PEM file (RFC 7468, 5.2). */
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");

  /** What a look at a signature gives. */
  public enum Outcome {
    GENUINE,
    /** It says itself that it was made with another key. */
    OTHER_KEY,
    /** It says itself that it was made for something else. */
    OTHER_PURPOSE,
    /** The content or the signature was changed. */
    NOT_GENUINE
  }

  private final PublicVerifyingKey key;

  Verifier(PublicVerifyingKey key) {
    this.key = key;
  }

  /** Reads a public key file; one made by openssl will do. */
  public static Verifier parse(byte[] file) throws SigningException {
    if (file.length <= MAXIMUM_FILE_BYTES) {
      Matcher block = PEM.matcher(new String(file, StandardCharsets.US_ASCII));
      if (block.find()) {
        Optional<Verifier> parsed =
            LabelledLines.decode(block.group(1).replaceAll("\\s", ""))
                .flatMap(PublicVerifyingKey::decode)
                .map(Verifier::new);
        if (parsed.isPresent() && !block.find()) {
          return parsed.get();
        }
      }
    }
    throw new SigningException(Reason.NOT_A_PUBLIC_KEY);
  }

  /** The content of a public key file: a line for people, then what openssl reads. */
  public byte[] file() {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.encoded());
    return String.join(
            "\n",
            "usbguard public key, " + algorithm().label() + ", " + fingerprint(),
            "-----BEGIN PUBLIC KEY-----",
            base64,
            "-----END PUBLIC KEY-----",
            "")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** What people compare: SHA-256 over the encoded key, in hexadecimal. */
  public String fingerprint() {
    return Fingerprints.of(key);
  }

  public SignatureAlgorithm algorithm() {
    return SignatureAlgorithm.of(key.scheme());
  }

  /** Holds a signature against a content. */
  public Outcome check(SigningPurpose purpose, byte[] content, DetachedSignature signature) {
    if (signature.claimedPurpose() != purpose) {
      return Outcome.OTHER_PURPOSE;
    }
    if (!signature.claimedKey().equals(fingerprint())) {
      return Outcome.OTHER_KEY;
    }
    return verifies(purpose, content, signature.bytes()) ? Outcome.GENUINE : Outcome.NOT_GENUINE;
  }

  /** The same for bare signature bytes, which say nothing of themselves. */
  public boolean verifies(SigningPurpose purpose, byte[] content, byte[] signature) {
    return key.verifies(purpose.message(content), signature);
  }

  PublicVerifyingKey key() {
    return key;
  }
}
