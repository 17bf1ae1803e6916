package uk.usbguard.core.signing;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import uk.usbguard.core.signing.SigningException.Reason;

/**
 * A signature as it stands in a file of its own beside what was signed. What it says of itself is a
 * claim until a {@link Verifier} has looked at it.
 */
public final class DetachedSignature {

  /** Larger files are none; nobody reads on. */
  public static final int MAXIMUM_FILE_BYTES = 1024;

  private static final String TITLE = "usbguard signature 1";

  private final SigningPurpose purpose;
  private final String fingerprint;
  private final byte[] signature;

  DetachedSignature(SigningPurpose purpose, String fingerprint, byte[] signature) {
    this.purpose = purpose;
    this.fingerprint = fingerprint;
    this.signature = signature;
  }

  /** Reads a signature file. */
  public static DetachedSignature parse(byte[] file) throws SigningException {
    if (file.length <= MAXIMUM_FILE_BYTES) {
      Optional<DetachedSignature> parsed =
          LabelledLines.of(file, TITLE).flatMap(DetachedSignature::parse);
      if (parsed.isPresent()) {
        return parsed.get();
      }
    }
    throw new SigningException(Reason.NOT_A_SIGNATURE);
  }

  private static Optional<DetachedSignature> parse(LabelledLines lines) {
    Optional<SigningPurpose> purpose = lines.value("purpose").flatMap(SigningPurpose::of);
    Optional<String> key = lines.value("key").filter(Fingerprints::isOne);
    Optional<byte[]> signature = lines.bytes("signature");
    if (purpose.isEmpty() || key.isEmpty() || signature.isEmpty() || !lines.isAtEnd()) {
      return Optional.empty();
    }
    return Optional.of(new DetachedSignature(purpose.get(), key.get(), signature.get()));
  }

  /** The content of a signature file. */
  public byte[] file() {
    return String.join(
            "\n",
            TITLE,
            "purpose: " + purpose.label(),
            "key: " + fingerprint,
            "signature: " + LabelledLines.encode(signature),
            "")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** What it claims to have been made for. */
  public SigningPurpose claimedPurpose() {
    return purpose;
  }

  /** The fingerprint of the key that it claims to have been made with. */
  public String claimedKey() {
    return fingerprint;
  }

  byte[] bytes() {
    return signature.clone();
  }
}
