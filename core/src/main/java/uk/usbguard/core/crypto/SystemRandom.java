package uk.usbguard.core.crypto;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The random bytes of the operating system as they are. The JDK's default on Linux mixes them with
 * a generator of its own, whose SHA-1 costs a process that seals its first records more than the
 * sealing.
 */
public final class SystemRandom extends SecureRandom {

  /** Reads {@code /dev/urandom}; its seed is what it read, mixed with nothing. */
  private static final String OF_LINUX = "NativePRNGNonBlocking";

  private static final long serialVersionUID = 1L;

  private final SecureRandom system;

  private SystemRandom(SecureRandom system) {
    super(null, null);
    this.system = system;
  }

  /**
   * The system's generator on Linux; elsewhere Java's, which on Windows is the JDK's DRBG, seeded
   * by the system (ADR 0004).
   */
  public static SecureRandom or(Supplier<SecureRandom> javas) {
    try {
      return new SystemRandom(SecureRandom.getInstance(OF_LINUX));
    } catch (NoSuchAlgorithmException e) {
      return javas.get();
    }
  }

  @Override
  public String getAlgorithm() {
    return system.getAlgorithm();
  }

  @Override
  public void nextBytes(byte[] bytes) {
    byte[] fresh = system.generateSeed(bytes.length);
    System.arraycopy(fresh, 0, bytes, 0, bytes.length);
    Arrays.fill(fresh, (byte) 0);
  }

  @Override
  public byte[] generateSeed(int numBytes) {
    return system.generateSeed(numBytes);
  }
}
