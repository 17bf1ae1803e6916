package uk.usbguard.core.registry;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a managed PC last saw the drive.
 *
 * @param lastSeen null if never
 * @param highestSeen the latest time that any clock has shown for it; null if never
 * @param clockSetBack a clock has shown an earlier time than one before: CHK-03
 */
public record CheckIn(
    @Nullable Instant lastSeen, @Nullable Instant highestSeen, boolean clockSetBack) {

  /** Never seen. */
  public static final CheckIn NEVER = new CheckIn(null, null, false);

  /** Clocks of honest PCs differ by less. */
  static final Duration TOLERANCE = Duration.ofMinutes(5);

  /** Within it a second sighting says nothing new. */
  private static final Duration SAME_VISIT = Duration.ofHours(1);

  /** Seen at this time. A clock that was set back is flagged and earns no days. */
  CheckIn seen(Instant now) {
    Instant highest = highestSeen;
    if (highest == null) {
      return new CheckIn(now, now, clockSetBack);
    }
    if (now.isBefore(highest.minus(TOLERANCE))) {
      return new CheckIn(lastSeen, highest, true);
    }
    if (now.isBefore(highest.plus(SAME_VISIT))) {
      return this;
    }
    return new CheckIn(now, now, clockSetBack);
  }

  /**
   * What counts at this time by the register's clock. A sighting that has not come yet was made by
   * a clock that was fast, or this one was set back since: it counts as none, and is flagged.
   */
  public CheckIn possibleAt(Instant now) {
    Instant latest = now.plus(TOLERANCE);
    boolean possible =
        (lastSeen == null || !lastSeen.isAfter(latest))
            && (highestSeen == null || !highestSeen.isAfter(latest));
    return possible ? this : new CheckIn(null, null, true);
  }
}
