package uk.usbguard.core.media;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a medium may take to answer.
 *
 * @param once for one question: opening it, one read, closing it
 * @param inAll for all of them together
 * @param nanoTime a clock that never goes back
 */
public record Patience(Duration once, Duration inAll, LongSupplier nanoTime) {

  /** Refuses what would ask nothing at all. */
  public Patience {
    if (once.isNegative() || once.isZero() || inAll.compareTo(once) < 0) {
      throw new IllegalArgumentException(once + " of " + inAll);
    }
  }

  /** 20 seconds for one question and two minutes in all: sticks that are dying still manage. */
  public static Patience usual(LongSupplier nanoTime) {
    return new Patience(Duration.ofSeconds(20), Duration.ofMinutes(2), nanoTime);
  }
}
