package uk.usbguard.core.crypto;

import java.lang.invoke.VarHandle;
import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * Key bytes in the shape that the JCA takes, but wiped by {@link #destroy}: the JDK 17 class for
 * this cannot be. What the JCA copies out of it, it keeps until the collector comes.
 */
final class RawKey implements SecretKey {

  private static final long serialVersionUID = 1L;

  private final String algorithm;
  private final transient byte[] bytes;
  private transient volatile boolean destroyed;

  /** Copies the bytes. */
  RawKey(String algorithm, byte[] bytes) {
    this.algorithm = algorithm;
    this.bytes = bytes.clone();
  }

  @Override
  public String getAlgorithm() {
    return algorithm;
  }

  @Override
  public String getFormat() {
    return "RAW";
  }

  /**
   * A copy, which the JCA wipes.
   *
   * @throws IllegalStateException if the key is destroyed
   */
  @Override
  public byte[] getEncoded() {
    byte[] copy = bytes.clone();
    // Without a lock, as every record comes through here: if destroy() was wiping while this
    // copied,
    // the flag was set before, and this fence makes us see it. Nothing is sealed under half a key.
    VarHandle.fullFence();
    if (destroyed) {
      Arrays.fill(copy, (byte) 0);
      throw new IllegalStateException("the key is closed");
    }
    return copy;
  }

  @Override
  public void destroy() {
    destroyed = true;
    VarHandle.fullFence();
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public boolean isDestroyed() {
    return destroyed;
  }

  @Override
  public String toString() {
    return algorithm + " key, redacted";
  }
}
