package uk.usbguard.core.audit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HexFormat;
import uk.usbguard.core.crypto.CryptoProfile;
import uk.usbguard.core.crypto.StandardProfile;
import uk.usbguard.core.file.PrivateFile;
import uk.usbguard.core.secret.SecretBytes;

/**
 * Names as the log holds them: the first 16 bytes of HMAC-SHA-256 over the name (NFC, UTF-8) under
 * a key of this log's own. Without the key nobody can try out names; with it anybody can, so the
 * key is its owner's only and does not go with an export.
 */
final class NameHash implements AutoCloseable {

  private static final int KEY_LENGTH = 32;
  private static final int HASH_LENGTH = 16;

  private final CryptoProfile profile;
  private final SecretBytes key;

  private NameHash(CryptoProfile profile, SecretBytes key) {
    this.profile = profile;
    this.key = key;
  }

  static void create(Path file, SecureRandom random) throws IOException {
    byte[] key = new byte[KEY_LENGTH];
    random.nextBytes(key);
    byte[] text = (HexFormat.of().formatHex(key) + "\n").getBytes(StandardCharsets.US_ASCII);
    PrivateFile.create(file, text);
    Arrays.fill(key, (byte) 0);
    Arrays.fill(text, (byte) 0);
  }

  static NameHash read(Path file, SecureRandom random) throws IOException, AuditException {
    byte[] text;
    try (InputStream in = Files.newInputStream(file)) {
      text = in.readNBytes(2 * KEY_LENGTH + 2);
    } catch (NoSuchFileException e) {
      throw new AuditException(AuditException.Reason.NO_KEY);
    }
    try {
      String hex = new String(text, StandardCharsets.US_ASCII).strip();
      SecretBytes key = SecretBytes.take(HexFormat.of().parseHex(hex));
      return new NameHash(new StandardProfile(random), key);
    } catch (IllegalArgumentException e) {
      throw new AuditException(AuditException.Reason.NO_KEY);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  String of(String name) {
    byte[] bytes = Normalizer.normalize(name, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(profile.mac(key, bytes, 0, bytes.length), 0, HASH_LENGTH);
  }

  @Override
  public void close() {
    key.close();
  }
}
