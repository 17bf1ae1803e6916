package uk.usbguard.core.vectors;

import java.security.SecureRandom;

/** Gives the same bytes again and again: the IV of a vector, however many are drawn at once. */
final class ScriptedRandom extends SecureRandom {

  private static final long serialVersionUID = 1L;

  private final byte[] script;

  ScriptedRandom(byte[] script) {
    this.script = script.clone();
  }

  @Override
  public void nextBytes(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = script[i % script.length];
    }
  }
}
