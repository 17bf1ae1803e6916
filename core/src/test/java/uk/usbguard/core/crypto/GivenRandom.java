package uk.usbguard.core.crypto;

import java.security.SecureRandom;
import java.util.Arrays;

/** Gives the bytes it was made with, and zeros when they are used up. */
final class GivenRandom extends SecureRandom {

  private static final long serialVersionUID = 1L;

  private final byte[] given;
  private int position;

  GivenRandom(byte[] given) {
    this.given = given.clone();
  }

  @Override
  public void nextBytes(byte[] bytes) {
    int end = Math.min(given.length, position + bytes.length);
    Arrays.fill(bytes, (byte) 0);
    System.arraycopy(given, position, bytes, 0, end - position);
    position = end;
  }
}
