package uk.usbguard.core.container;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import uk.usbguard.core.crypto.GcmCipher;
import uk.usbguard.core.crypto.GcmEngine;

/** Java's AES-GCM on buffers without an array, as the system's library wants them. */
final class OutsideTheHeap implements GcmEngine {

  @Override
  public String module() {
    return "Java, outside the heap";
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
    return new OneKey(new SecretKeySpec(key, "AES"));
  }

  private record OneKey(SecretKeySpec key) implements GcmCipher {

    private Cipher cipher(int mode, byte[] iv, byte[] aad) throws GeneralSecurityException {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(128, iv, 0, IV_LENGTH));
      cipher.updateAAD(aad);
      return cipher;
    }

    @Override
    public void seal(byte[] iv, byte[] aad, byte[] plain, int at, int n, byte[] out, int to) {
      try {
        cipher(Cipher.ENCRYPT_MODE, iv, aad).doFinal(plain, at, n, out, to);
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public boolean open(byte[] aad, byte[] sealed, int at, int n, byte[] out, int to) {
      ByteBuffer target = ByteBuffer.wrap(out);
      return open(aad, ByteBuffer.wrap(sealed), at, n, target, to);
    }

    @Override
    public boolean open(byte[] aad, ByteBuffer sealed, int at, int n, ByteBuffer out, int to) {
      byte[] iv = new byte[IV_LENGTH];
      ByteBuffer record = sealed.duplicate().clear().limit(at + n).position(at);
      record.get(iv);
      ByteBuffer target = out.duplicate().clear().position(to);
      try {
        cipher(Cipher.DECRYPT_MODE, iv, aad).doFinal(record, target);
        return true;
      } catch (AEADBadTagException e) {
        return false;
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void close() {}
  }
}
