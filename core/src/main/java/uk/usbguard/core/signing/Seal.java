package uk.usbguard.core.signing;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uk.usbguard.core.crypto.CryptoProfile;
import uk.usbguard.core.crypto.KdfCost;
import uk.usbguard.core.crypto.StandardProfile;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.SecretBytes;

/** A private key wrapped under a passphrase, and what is needed to derive the KEK again. */
final class Seal {

  private static final int KEK_LENGTH = 32;
  private static final int SALT_LENGTH = 16;
  private static final Pattern COST = Pattern.compile("argon2id (\\d{1,7}) (\\d{1,2}) (\\d{1,2})");

  private final KdfCost cost;
  private final byte[] salt;
  private final byte[] wrapped;

  private Seal(KdfCost cost, byte[] salt, byte[] wrapped) {
    this.cost = cost;
    this.salt = salt;
    this.wrapped = wrapped;
  }

  static Seal over(SecretBytes key, Passphrase passphrase, KdfCost cost, SecureRandom random) {
    CryptoProfile profile = new StandardProfile(random);
    byte[] salt = profile.randomBytes(SALT_LENGTH);
    try (SecretBytes kek = profile.passphraseKey(passphrase, cost, salt, KEK_LENGTH)) {
      return new Seal(cost, salt, profile.wrap(kek, key));
    }
  }

  /** The key, which the caller closes; nothing if the passphrase is another one. */
  Optional<SecretBytes> open(Passphrase passphrase, SecureRandom random) {
    CryptoProfile profile = new StandardProfile(random);
    try (SecretBytes kek = profile.passphraseKey(passphrase, cost, salt, KEK_LENGTH)) {
      return profile.unwrap(kek, wrapped);
    }
  }

  List<String> lines() {
    return List.of(
        "kdf: argon2id " + cost.memoryKib() + " " + cost.passes() + " " + cost.lanes(),
        "salt: " + LabelledLines.encode(salt),
        "wrapped: " + LabelledLines.encode(wrapped));
  }

  static Optional<Seal> parse(LabelledLines lines) {
    Optional<KdfCost> cost = lines.value("kdf").flatMap(Seal::cost);
    Optional<byte[]> salt = lines.bytes("salt").filter(bytes -> bytes.length == SALT_LENGTH);
    Optional<byte[]> wrapped = lines.bytes("wrapped");
    return cost.isPresent() && salt.isPresent() && wrapped.isPresent()
        ? Optional.of(new Seal(cost.get(), salt.get(), wrapped.get()))
        : Optional.empty();
  }

  private static Optional<KdfCost> cost(String text) {
    Matcher numbers = COST.matcher(text);
    if (!numbers.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new KdfCost(
              Integer.parseInt(numbers.group(1)),
              Integer.parseInt(numbers.group(2)),
              Integer.parseInt(numbers.group(3))));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // outside the caps
    }
  }
}
