package uk.usbguard.core.crypto;

import java.security.SecureRandom;
import java.util.Arrays;

/** Random IVs, each of which is given once. Used by one thread at a time. */
final class RandomIvs {

  /**
   * IVs are drawn this many at a time: on Windows the JDK's generator takes 5 to 10 us a call,
   * however few bytes are asked for, which is a fifth of the time that a whole extent takes.
   */
  private static final int AT_ONCE = 64;

  private final SecureRandom random;

  /** Random bytes; each is used for one IV and wiped, so that none can be used for a second. */
  private final byte[] drawn = new byte[AT_ONCE * GcmCipher.IV_LENGTH];

  private int next = drawn.length;

  RandomIvs(SecureRandom random) {
    this.random = random;
  }

  byte[] draw() {
    if (next == drawn.length) {
      random.nextBytes(drawn);
      next = 0;
    }
    byte[] iv = Arrays.copyOfRange(drawn, next, next + GcmCipher.IV_LENGTH);
    Arrays.fill(drawn, next, next + GcmCipher.IV_LENGTH, (byte) 0);
    next += GcmCipher.IV_LENGTH;
    return iv;
  }
}
