package uk.usbguard.core.crypto;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import uk.usbguard.core.error.BugException;

/**
 * One cipher object and its share of random IVs: what a thread needs for one record at a time. Not
 * thread-safe; owned by whoever holds it.
 */
final class GcmEngine {

  static final int IV_LENGTH = 12;
  static final int TAG_LENGTH = 16;

  /**
   * IVs are drawn this many at a time: on Windows the JDK's generator takes 5 to 10 us a call,
   * however few bytes are asked for, which is a fifth of the time that a whole extent takes.
   */
  private static final int IVS_AT_ONCE = 64;

  private final Cipher cipher;
  private final SecureRandom random;

  /** Random bytes; each is used for one IV and wiped, so that none can be used for a second. */
  private final byte[] ivs = new byte[IVS_AT_ONCE * IV_LENGTH];

  private int nextIv = ivs.length;

  GcmEngine(Cipher cipher, SecureRandom random) {
    this.cipher = cipher;
    this.random = random;
  }

  void seal(
      SecretKey key, byte[] aad, byte[] plain, int offset, int length, byte[] out, int outOffset) {
    byte[] iv = drawIv();
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, parameters(iv, 0));
      cipher.updateAAD(aad);
      cipher.doFinal(plain, offset, length, out, outOffset + IV_LENGTH);
    } catch (GeneralSecurityException e) {
      throw new BugException("AES-GCM refuses to seal", e);
    }
    System.arraycopy(iv, 0, out, outOffset, IV_LENGTH);
  }

  boolean open(
      SecretKey key, byte[] aad, byte[] sealed, int offset, int length, byte[] out, int outOffset) {
    boolean genuine = false;
    try {
      cipher.init(Cipher.DECRYPT_MODE, key, parameters(sealed, offset));
      cipher.updateAAD(aad);
      cipher.doFinal(sealed, offset + IV_LENGTH, length - IV_LENGTH, out, outOffset);
      genuine = true;
    } catch (AEADBadTagException e) {
      genuine = false;
    } catch (GeneralSecurityException e) {
      throw new BugException("AES-GCM refuses to open", e);
    } finally {
      // SunJCE decrypts before it compares the tag. It cleans up, but not in an array that source
      // and target share; other providers do not at all.
      if (!genuine) {
        int end = outOffset + length - IV_LENGTH - TAG_LENGTH;
        Arrays.fill(out, outOffset, end, (byte) 0);
      }
    }
    return genuine;
  }

  private byte[] drawIv() {
    if (nextIv == ivs.length) {
      random.nextBytes(ivs);
      nextIv = 0;
    }
    byte[] iv = Arrays.copyOfRange(ivs, nextIv, nextIv + IV_LENGTH);
    Arrays.fill(ivs, nextIv, nextIv + IV_LENGTH, (byte) 0);
    nextIv += IV_LENGTH;
    return iv;
  }

  private static GCMParameterSpec parameters(byte[] iv, int offset) {
    return new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, iv, offset, IV_LENGTH);
  }
}
