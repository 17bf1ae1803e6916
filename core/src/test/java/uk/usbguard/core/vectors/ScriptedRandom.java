package uk.usbguard.core.vectors;

import java.security.SecureRandom;

/** Gives the same bytes every time it is asked: the IV of a vector. */
final class ScriptedRandom extends SecureRandom {

  private static final long serialVersionUID = 1L;

  private final byte[] script;

  ScriptedRandom(byte[] script) {
    this.script = script.clone();
  }

  @Override
  public void nextBytes(byte[] bytes) {
    System.arraycopy(script, 0, bytes, 0, bytes.length);
  }
}
