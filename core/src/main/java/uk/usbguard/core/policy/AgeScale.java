package uk.usbguard.core.policy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Cuts the time since the last check-in at every limit that the rules of one policy name. A step is
 * the stretch between two limits; the last one goes on for ever, and holds what was never seen.
 */
final class AgeScale {

  /** One bit for each step must fit into a long. */
  static final int MOST_LIMITS = 60;

  private final List<Duration> limits;

  AgeScale(SortedSet<Duration> limits) {
    this.limits = List.copyOf(limits);
  }

  /** In ascending order. */
  List<Duration> limits() {
    return limits;
  }

  int steps() {
    return limits.size() + 1;
  }

  /** The step of an age: how many limits it is over. */
  int step(Optional<Duration> age) {
    return age.map(this::limitsBelow).orElse(limits.size());
  }

  /** The steps that are over {@code over} (if there is one) and not over {@code upTo}. */
  long between(Optional<Duration> over, Optional<Duration> upTo) {
    int first = over.map(limits::indexOf).orElse(-1) + 1;
    int last = upTo.map(limits::indexOf).orElse(limits.size());
    long bits = 0;
    for (int step = first; step <= last; step++) {
      bits |= 1L << step;
    }
    return bits;
  }

  private int limitsBelow(Duration age) {
    int below = 0;
    while (below < limits.size() && age.compareTo(limits.get(below)) > 0) {
      below++;
    }
    return below;
  }
}
