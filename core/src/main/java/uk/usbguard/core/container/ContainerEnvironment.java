package uk.usbguard.core.container;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.BooleanSupplier;
import uk.usbguard.core.crypto.CryptoProfile;
import uk.usbguard.core.crypto.StandardProfile;

/**
 * What containers need of the world around them. Made once by a program's main.
 *
 * @param clock for times in commits and the age of keys
 * @param random for keys, salts and IVs
 * @param standardProfile the algorithms of containers of the standard profile
 * @param memory of generations seen before
 * @param stop whether work that can be left half done should end: compaction, and freeing what a
 *     removed tree took. Asked often, by the thread that works
 */
public record ContainerEnvironment(
    Clock clock,
    SecureRandom random,
    CryptoProfile standardProfile,
    GenerationMemory memory,
    BooleanSupplier stop) {

  /** One in which nobody asks for an early end, with algorithms that run on every PC. */
  public static ContainerEnvironment of(Clock clock, SecureRandom random, GenerationMemory memory) {
    return new ContainerEnvironment(
        clock, random, new StandardProfile(random), memory, () -> false);
  }

  /** The same, but with somebody who can ask for an early end. */
  public ContainerEnvironment stoppedBy(BooleanSupplier requested) {
    return new ContainerEnvironment(clock, random, standardProfile, memory, requested);
  }
}
