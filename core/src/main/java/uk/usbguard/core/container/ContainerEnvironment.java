package uk.usbguard.core.container;

import java.security.SecureRandom;
import java.time.Clock;
import uk.usbguard.core.crypto.CryptoProfile;
import uk.usbguard.core.crypto.StandardProfile;

/**
 * What containers need of the world around them. Made once by a program's main.
 *
 * @param clock for times in commits and the age of keys
 * @param random for keys, salts and IVs
 * @param memory of generations seen before
 */
public record ContainerEnvironment(Clock clock, SecureRandom random, GenerationMemory memory) {

  /** The same, spelled out. */
  public static ContainerEnvironment of(Clock clock, SecureRandom random, GenerationMemory memory) {
    return new ContainerEnvironment(clock, random, memory);
  }

  CryptoProfile standardProfile() {
    return new StandardProfile(random);
  }
}
