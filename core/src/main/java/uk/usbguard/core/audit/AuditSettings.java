package uk.usbguard.core.audit;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import uk.usbguard.core.signing.SignatureAlgorithm;

/**
 * What a log needs from outside.
 *
 * @param random asked for when keys are made or used
 * @param algorithm by which a log signs that is made anew; one that is there keeps its key
 * @param limits when a checkpoint or a new file is due
 */
public record AuditSettings(
    Clock clock,
    Supplier<SecureRandom> random,
    AuditOrigin origin,
    HeadMemory memory,
    SignatureAlgorithm algorithm,
    Limits limits) {

  /**
   * When what is due.
   *
   * @param entriesPerCheckpoint no more entries than this are without a signature over them
   * @param checkpointInterval nor for longer than this, while the process lives
   * @param bytesPerFile a file that has reached this gets a successor
   * @param patience how long to wait for another program that is writing
   */
  public record Limits(
      int entriesPerCheckpoint, Duration checkpointInterval, long bytesPerFile, Duration patience) {

    static final int MOST_ENTRIES_PER_CHECKPOINT = 10_000;

    public static final Limits DEFAULT =
        new Limits(1000, Duration.ofSeconds(5), 64L << 20, Duration.ofSeconds(10));

    public Limits {
      if (entriesPerCheckpoint < 1 || entriesPerCheckpoint > MOST_ENTRIES_PER_CHECKPOINT) {
        throw new IllegalArgumentException("entriesPerCheckpoint " + entriesPerCheckpoint);
      }
      if (bytesPerFile < 1) {
        throw new IllegalArgumentException("bytesPerFile " + bytesPerFile);
      }
    }
  }

  /** The settings for everybody. */
  public static AuditSettings of(
      Clock clock, Supplier<SecureRandom> random, AuditOrigin origin, HeadMemory memory) {
    return new AuditSettings(
        clock, random, origin, memory, SignatureAlgorithm.ED25519, Limits.DEFAULT);
  }

  /** The same, but a log that is made anew signs in this way. */
  public AuditSettings withAlgorithm(SignatureAlgorithm other) {
    return new AuditSettings(clock, random, origin, memory, other, limits);
  }

  /** The same with other limits. */
  public AuditSettings withLimits(Limits other) {
    return new AuditSettings(clock, random, origin, memory, algorithm, other);
  }
}
