package uk.usbguard.core.crypto;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.SecretBytes;

/**
 * The profile that every PC can run: AES-256-KWP and HMAC-SHA-256 from the JDK, AES-256-GCM and
 * Argon2id from who is best at it. It registers no provider.
 */
public final class StandardProfile implements CryptoProfile {

  /** {@link CryptoProfile#id()} of this profile. */
  public static final int ID = 1;

  /** RFC 9106 asks for 8 bytes at least, NIST SP 800-132 and we for 16. */
  private static final int SHORTEST_SALT = 16;

  /** Below that, the JIT has not compiled everything yet. */
  private static final int WARM_UP_RECORDS = 8000;

  private static final int WARM_UP_BYTES = 1024;

  private final Jca jca = Jca.ofThisPlatform();
  private final Hmac hmac = new Hmac(jca);
  private final KeyWrap keyWrap = new KeyWrap(jca);
  private final SecureRandom random;
  private final Argon2Engine argon2;
  private final GcmEngine gcm;

  /** For what the JIT was warmed up already. */
  private final Set<Work> warm = ConcurrentHashMap.newKeySet();

  /** With what runs on every PC. */
  public StandardProfile(SecureRandom random) {
    this(random, Argon2Engine.bouncyCastle(), Optional.empty());
  }

  /**
   * Made once per process: it finds and loads the JDK's provider, which takes its time.
   *
   * @param gcm who computes AES-256-GCM, if not the JDK
   */
  public StandardProfile(SecureRandom random, Argon2Engine argon2, Optional<GcmEngine> gcm) {
    this.random = random;
    this.argon2 = argon2;
    this.gcm = gcm.orElseGet(() -> new JdkGcm(jca));
  }

  @Override
  public int id() {
    return ID;
  }

  @Override
  public String modules() {
    String jdk = jca.nameAndVersion();
    String aes =
        gcm.module().equals(jdk)
            ? jdk + " (AES-256-GCM, AES-256-KWP, HMAC-SHA-256)"
            : gcm.module() + " (AES-256-GCM), " + jdk + " (AES-256-KWP, HMAC-SHA-256)";
    return aes + ", " + argon2.module() + " (Argon2id)";
  }

  @Override
  public AeadKey aead(SecretBytes key) {
    return key.use(bytes -> new AeadKey(gcm, random, bytes, 0));
  }

  @Override
  public ByteBuffer buffer(int bytes) {
    return gcm.buffer(bytes);
  }

  @Override
  public SecretBytes derive(SecretBytes master, byte[] salt, byte[] info, int length) {
    return SecretBytes.take(master.use(bytes -> hmac.hkdf(bytes, salt, info, length)));
  }

  @Override
  public byte[] mac(SecretBytes key, byte[] data, int offset, int length) {
    return key.use(bytes -> hmac.mac(bytes, data, offset, length));
  }

  @Override
  public SecretBytes passphraseKey(Passphrase passphrase, KdfCost cost, byte[] salt, int length) {
    if (salt.length < SHORTEST_SALT) {
      throw new IllegalArgumentException("a salt of " + salt.length + " bytes");
    }
    return SecretBytes.take(passphrase.use(bytes -> argon2.derive(bytes, cost, salt, length)));
  }

  @Override
  public byte[] wrap(SecretBytes kek, SecretBytes key) {
    return kek.use(kekBytes -> key.use(keyBytes -> keyWrap.wrap(kekBytes, keyBytes)));
  }

  @Override
  public Optional<SecretBytes> unwrap(SecretBytes kek, byte[] wrapped) {
    return kek.use(bytes -> keyWrap.unwrap(bytes, wrapped)).map(SecretBytes::take);
  }

  @Override
  public byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  @Override
  public SecretBytes randomKey(int length) {
    return SecretBytes.take(randomBytes(length));
  }

  @Override
  public void warmUp(Work work) {
    if (!gcm.needsWarmUp() || !warm.add(work)) {
      return;
    }
    byte[] aad = new byte[81];
    byte[] plain = new byte[WARM_UP_BYTES];
    byte[] sealed = new byte[WARM_UP_BYTES + AeadKey.OVERHEAD];
    try (SecretBytes bytes = randomKey(AeadKey.KEY_LENGTH);
        AeadKey key = aead(bytes)) {
      key.seal(aad, plain, 0, plain.length, sealed, 0);
      for (int i = 0; i < WARM_UP_RECORDS && !Thread.currentThread().isInterrupted(); i++) {
        if (work == Work.SEALING) {
          key.seal(aad, plain, 0, plain.length, sealed, 0);
        } else {
          key.open(aad, sealed, 0, sealed.length, plain, 0);
        }
      }
    }
  }
}
