package uk.usbguard.core.crypto;

import java.security.SecureRandom;

/** Gives 0, 1, 2, ... 255, 0, ...: never the same 12 bytes twice in a short test, and no chance. */
public final class CountingRandom extends SecureRandom {

  private static final long serialVersionUID = 1L;

  private int next;

  @Override
  public synchronized void nextBytes(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) next++;
    }
  }
}
