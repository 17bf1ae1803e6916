package uk.usbguard.core.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * What somebody with the right to do so has approved for one device, for a limited time.
 *
 * @param from the first moment at which it counts
 * @param until the first moment at which it no longer counts
 * @param approver who answers for it
 */
public record Exemption(Kind kind, Instant from, Instant until, String approver) {

  /** The longest override for clinical urgency. */
  public static final Duration LONGEST_OVERRIDE = Duration.ofHours(24);

  /** What is exempted. */
  public enum Kind {
    /** Clinical urgency: registration and encryption are not asked for. */
    OVERRIDE,
    /** The device holds nothing that needs encryption. */
    UNENCRYPTED,
    /** The device belongs to a member of staff. */
    PERSONAL;

    /** The name that policies and reports use. */
    public String label() {
      return Labels.of(this);
    }
  }

  /** Refuses one that nobody approved, that has no time, or an override that lasts too long. */
  public Exemption {
    if (approver.isBlank()) {
      throw new IllegalArgumentException("nobody approved it");
    }
    if (!from.isBefore(until)) {
      throw new IllegalArgumentException("from " + from + " until " + until);
    }
    if (kind == Kind.OVERRIDE && Duration.between(from, until).compareTo(LONGEST_OVERRIDE) > 0) {
      throw new IllegalArgumentException("an override of more than 24 hours");
    }
  }

  /** Its last day, if it ends with a day of the register, which counts them in UTC. */
  Optional<LocalDate> lastDay() {
    LocalDate day = LocalDate.ofInstant(until, ZoneOffset.UTC);
    return kind != Kind.OVERRIDE && day.atStartOfDay(ZoneOffset.UTC).toInstant().equals(until)
        ? Optional.of(day.minusDays(1))
        : Optional.empty();
  }

  /** True if it counts at this moment. */
  public boolean countsAt(Instant moment) {
    return !moment.isBefore(from) && moment.isBefore(until);
  }
}
