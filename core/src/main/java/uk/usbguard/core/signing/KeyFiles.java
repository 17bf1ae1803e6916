package uk.usbguard.core.signing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import uk.usbguard.core.crypto.KdfCost;
import uk.usbguard.core.crypto.PrivateSigningKey;
import uk.usbguard.core.file.PrivateFile;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.signing.SigningException.Reason;

/**
 * Makes and reads the files that signing keys lie in. A file that is there is never overwritten,
 * and a private key is readable by its owner only.
 *
 * <p>A sealed key opens with a passphrase only. An unsealed one is for a service that starts with
 * nobody there: whoever can read the file, root and backups included, can sign as this PC. So it
 * signs what this PC says of itself, an audit log, and nothing that other PCs obey.
 */
public final class KeyFiles {

  private static final int MAXIMUM_FILE_BYTES = 4096;

  private final SecureRandom random;
  private final KdfCost cost;

  public KeyFiles(SecureRandom random) {
    this(random, KdfCost.DEFAULT);
  }

  KeyFiles(SecureRandom random, KdfCost cost) {
    this.random = random;
    this.cost = cost;
  }

  /** Makes a key that opens with a passphrase. */
  public Verifier createSealed(Path file, SignatureAlgorithm algorithm, Passphrase passphrase)
      throws IOException {
    try (PrivateSigningKey key = PrivateSigningKey.generate(algorithm.scheme(), random)) {
      write(file, key, Seal.over(key.encoded(), passphrase, cost, random).lines());
      return new Verifier(key.publicKey());
    }
  }

  /** Makes a key for a service, protected by the rights on its file and nothing else. */
  public Verifier createUnsealed(Path file, SignatureAlgorithm algorithm) throws IOException {
    try (PrivateSigningKey key = PrivateSigningKey.generate(algorithm.scheme(), random)) {
      write(file, key, List.of("private: " + key.encoded().use(LabelledLines::encode)));
      return new Verifier(key.publicKey());
    }
  }

  /**
   * Reads a key. The caller closes it, and what it opens.
   *
   * @throws SigningException also if an unsealed key can be read by others
   */
  public StoredKey read(Path file) throws IOException, SigningException {
    byte[] bytes = atMost(file, MAXIMUM_FILE_BYTES);
    try {
      StoredKey key = StoredKey.parse(bytes, random);
      if (!key.isSealed() && PrivateFile.isExposed(file)) {
        key.close();
        throw new SigningException(Reason.EXPOSED);
      }
      return key;
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** Reads a public key. */
  public static Verifier readPublic(Path file) throws IOException, SigningException {
    return Verifier.parse(atMost(file, Verifier.MAXIMUM_FILE_BYTES));
  }

  /** Reads a signature. */
  public static DetachedSignature readSignature(Path file) throws IOException, SigningException {
    return DetachedSignature.parse(atMost(file, DetachedSignature.MAXIMUM_FILE_BYTES));
  }

  private static void write(Path file, PrivateSigningKey key, List<String> rest)
      throws IOException {
    StringBuilder text = new StringBuilder();
    SignatureAlgorithm algorithm = SignatureAlgorithm.of(key.publicKey().scheme());
    text.append(StoredKey.TITLE).append('\n');
    text.append("algorithm: ").append(algorithm.label()).append('\n');
    text.append("public: ").append(LabelledLines.encode(key.publicKey().encoded())).append('\n');
    rest.forEach(line -> text.append(line).append('\n'));
    PrivateFile.create(file, text.toString().getBytes(StandardCharsets.US_ASCII));
  }

  /** One byte more than allowed is enough to be refused. */
  private static byte[] atMost(Path file, int bytes) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(bytes + 1);
    }
  }
}
