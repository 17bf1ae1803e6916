package uk.usbguard.platform;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import uk.usbguard.core.crypto.GcmCipher;
import uk.usbguard.core.crypto.GcmEngine;
import uk.usbguard.core.error.BugException;

/**
 * AES-256-GCM of OpenSSL 3, where the system has it: compiled already, so that a process which
 * lives for a second does not spend half of it in the JIT. What it gives is compared with a known
 * answer before it is used.
 *
 * <p>Keys lie in OpenSSL's memory, which wipes them. A record is worked on in place in a block
 * outside the heap; plaintext that was in it is wiped.
 */
public final class LibCrypto implements GcmEngine {

  // Of crypto.h: no configuration of the system's or the user's, which could load code; and nothing
  // torn down at exit while a thread still seals.
  private static final long NO_LOAD_CONFIG = 0x80;
  private static final long NO_ATEXIT = 0x80000;

  private static final int KEY_LENGTH = 32;

  private final String version;
  private final long algorithm;
  private final Blocks blocks = new Blocks();

  private LibCrypto(String version, long algorithm) {
    this.version = version;
    this.algorithm = algorithm;
  }

  /**
   * The system's library, or nothing: it is not there, does not load or does not give what it
   * should. Only Linux is asked, where such libraries come from the system's packages.
   */
  public static Optional<GcmEngine> find(Optional<OperatingSystem> system) {
    if (!system.equals(Optional.of(OperatingSystem.LINUX))) {
      return Optional.empty();
    }
    try {
      // The first is a question to JNA's own library, which not every processor has.
      if (Native.POINTER_SIZE != Long.BYTES
          || OpenSsl.OPENSSL_init_crypto(NO_LOAD_CONFIG | NO_ATEXIT, 0) != 1) {
        return Optional.empty();
      }
      GcmEngine engine = new LibCrypto(OpenSsl.OpenSSL_version(0), OpenSsl.EVP_aes_256_gcm());
      return isGenuine(engine) ? Optional.of(engine) : Optional.empty();
    } catch (LinkageError | BugException e) {
      return Optional.empty(); // it does not load, lacks something or refuses
    }
  }

  // NIST CAVP, gcmEncryptExtIV256.rsp, PTlen = 128, AADlen = 128, Count = 0.
  static boolean isGenuine(GcmEngine engine) {
    HexFormat hex = HexFormat.of();
    byte[] iv = hex.parseHex("ac93a1a6145299bde902f21a");
    byte[] aad = hex.parseHex("1e0889016f67601c8ebea4943bc23ad6");
    byte[] plain = hex.parseHex("2d71bcfa914e4ac045b2aa60955fad24");
    byte[] answer =
        hex.parseHex(
            "ac93a1a6145299bde902f21a"
                + "8995ae2e6df3dbf96fac7b7137bae67feca5aa77d51d4a0a14d9c51e1da474ab");
    byte[] sealed = Arrays.copyOf(iv, answer.length);
    byte[] opened = new byte[plain.length];
    try (GcmCipher cipher =
        engine.forKey(
            hex.parseHex("92e11dcdaa866f5ce790fd24501f92509aacf4cb8b1339d50c9c1240935dd08b"))) {
      cipher.seal(iv, aad, plain, 0, plain.length, sealed, iv.length);
      ByteBuffer record = engine.buffer(answer.length).put(answer);
      ByteBuffer out = engine.buffer(plain.length);
      boolean good =
          Arrays.equals(answer, sealed)
              && cipher.open(aad, sealed, 0, sealed.length, opened, 0)
              && Arrays.equals(plain, opened)
              && cipher.open(aad, record, 0, answer.length, out, 0)
              && out.equals(ByteBuffer.wrap(plain));
      sealed[sealed.length - 1] ^= 1;
      record.put(answer.length - 1, sealed[sealed.length - 1]);
      return good
          && !cipher.open(aad, sealed, 0, sealed.length, opened, 0)
          && !cipher.open(aad, record, 0, answer.length, out, 0);
    }
  }

  @Override
  public String module() {
    return version;
  }

  @Override
  public boolean needsWarmUp() {
    return false;
  }

  @Override
  public ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes);
  }

  @Override
  public GcmCipher forKey(byte[] key) {
    if (key.length != KEY_LENGTH) {
      throw new IllegalArgumentException("an AES-256 key of " + key.length + " bytes");
    }
    long context = OpenSsl.EVP_CIPHER_CTX_new();
    if (context == 0) {
      throw new OutOfMemoryError("OpenSSL has no memory for a cipher");
    }
    boolean done = false;
    try (Memory block = new Memory(key.length)) {
      try {
        block.write(0, key, 0, key.length);
        OpenSsl.check(
            OpenSsl.EVP_CipherInit_ex(context, algorithm, 0, OpenSsl.address(block), 0, 1),
            "a key");
        done = true;
      } finally {
        block.clear();
      }
    } finally {
      if (!done) {
        OpenSsl.EVP_CIPHER_CTX_free(context);
      }
    }
    return new OpenSslGcm(context, blocks);
  }
}
