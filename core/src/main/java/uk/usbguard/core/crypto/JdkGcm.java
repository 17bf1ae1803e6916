package uk.usbguard.core.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import uk.usbguard.core.error.BugException;

/** AES-256-GCM of the JDK, which every PC has. */
final class JdkGcm implements GcmEngine {

  private final Jca jca;

  JdkGcm(Jca jca) {
    this.jca = jca;
  }

  @Override
  public String module() {
    return jca.nameAndVersion();
  }

  @Override
  public boolean needsWarmUp() {
    return true;
  }

  @Override
  public ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes); // intrinsics work on arrays
  }

  @Override
  public GcmCipher forKey(byte[] key) {
    if (key.length != AeadKey.KEY_LENGTH) {
      throw new IllegalArgumentException("an AES-256 key of " + key.length + " bytes");
    }
    return new OneKey(jca.gcm(), new RawKey("AES", key));
  }

  private record OneKey(Cipher cipher, RawKey key) implements GcmCipher {

    @Override
    public void seal(
        byte[] iv, byte[] aad, byte[] plain, int offset, int length, byte[] out, int outOffset) {
      try {
        init(Cipher.ENCRYPT_MODE, key, iv, 0);
        cipher.updateAAD(aad);
        cipher.doFinal(plain, offset, length, out, outOffset);
      } catch (GeneralSecurityException e) {
        throw new BugException("AES-GCM refuses to seal", e);
      }
    }

    @Override
    public boolean open(
        byte[] aad, byte[] sealed, int offset, int length, byte[] out, int outOffset) {
      if (length < AeadKey.OVERHEAD) {
        return false;
      }
      try {
        init(Cipher.DECRYPT_MODE, key, sealed, offset);
        cipher.updateAAD(aad);
        cipher.doFinal(sealed, offset + IV_LENGTH, length - IV_LENGTH, out, outOffset);
        return true;
      } catch (AEADBadTagException e) {
        return false;
      } catch (GeneralSecurityException e) {
        throw new BugException("AES-GCM refuses to open", e);
      }
    }

    @Override
    public boolean open(byte[] aad, ByteBuffer sealed, int at, int length, ByteBuffer out, int to) {
      return open(
          aad,
          sealed.array(),
          sealed.arrayOffset() + at,
          length,
          out.array(),
          out.arrayOffset() + to);
    }

    private void init(int mode, SecretKey secret, byte[] iv, int offset)
        throws GeneralSecurityException {
      cipher.init(
          mode, secret, new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, iv, offset, IV_LENGTH));
    }

    /** What the JCA copied out of the key, it keeps until the collector comes. */
    @Override
    public void close() {
      key.destroy();
    }

    @Override
    public String toString() {
      return "AES-256-GCM, redacted";
    }
  }
}
