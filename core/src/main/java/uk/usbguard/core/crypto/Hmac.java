package uk.usbguard.core.crypto;

import java.security.InvalidKeyException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import uk.usbguard.core.error.BugException;

/** HMAC-SHA-256 and, on it, HKDF (RFC 5869). */
final class Hmac {

  static final int LENGTH = 32;

  private static final int LONGEST_OUTPUT = 255 * LENGTH;

  private final Jca jca;

  Hmac(Jca jca) {
    this.jca = jca;
  }

  byte[] mac(byte[] key, byte[] data, int offset, int length) {
    RawKey macKey = new RawKey("HmacSHA256", key);
    try {
      Mac mac = started(macKey);
      mac.update(data, offset, length);
      return mac.doFinal();
    } finally {
      macKey.destroy();
    }
  }

  /** The caller wipes the result. */
  byte[] hkdf(byte[] input, byte[] salt, byte[] info, int length) {
    if (length < 1 || length > LONGEST_OUTPUT) {
      throw new IllegalArgumentException("HKDF-SHA-256 cannot give " + length + " bytes");
    }
    // RFC 5869, 2.2: without a salt it is zeros. HMAC pads with zeros, so one zero does for 32.
    byte[] pseudorandom = mac(salt.length == 0 ? new byte[1] : salt, input, 0, input.length);
    RawKey key = new RawKey("HmacSHA256", pseudorandom);
    byte[] block = new byte[LENGTH];
    byte[] output = new byte[length];
    try {
      Mac mac = started(key);
      for (int done = 0, counter = 1; done < length; done += LENGTH, counter++) {
        if (counter > 1) {
          mac.update(block);
        }
        mac.update(info);
        mac.update((byte) counter);
        mac.doFinal(block, 0);
        System.arraycopy(block, 0, output, done, Math.min(LENGTH, length - done));
      }
      return output;
    } catch (ShortBufferException e) {
      throw new BugException("HMAC-SHA-256 is longer than 32 bytes", e);
    } finally {
      key.destroy();
      Arrays.fill(pseudorandom, (byte) 0);
      Arrays.fill(block, (byte) 0);
    }
  }

  private Mac started(RawKey key) {
    try {
      Mac mac = jca.hmac();
      mac.init(key);
      return mac;
    } catch (InvalidKeyException e) {
      throw new BugException("HMAC takes any key", e);
    }
  }
}
