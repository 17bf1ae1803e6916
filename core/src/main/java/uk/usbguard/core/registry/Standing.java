package uk.usbguard.core.registry;

import java.time.Instant;
import java.util.Optional;
import uk.usbguard.core.device.LifecycleState;

/** Where a drive stands in its life, since when, and who asked for it. */
public record Standing(
    LifecycleState state,
    Instant since,
    Instant registeredAt,
    String requestedBy,
    CheckIn checkIn) {

  /** The moment from which days unseen count: the last sighting, or this state's beginning. */
  public Instant countsFrom() {
    Instant seen = checkIn.lastSeen();
    return seen != null && seen.isAfter(since) ? seen : since;
  }

  /**
   * The same as it is at this time by the register's clock. Nothing if that moment has not come
   * yet: a clock was set back, which earns no days.
   */
  public Optional<Instant> unseenSince(Instant now) {
    Instant from = possibleAt(now).countsFrom();
    return from.isAfter(now.plus(CheckIn.TOLERANCE)) ? Optional.empty() : Optional.of(from);
  }

  /** The same with what counts of the sightings at this time: {@link CheckIn#possibleAt}. */
  public Standing possibleAt(Instant now) {
    return checkedIn(checkIn.possibleAt(now));
  }

  Standing become(LifecycleState next, Instant now) {
    return new Standing(next, now, registeredAt, requestedBy, checkIn);
  }

  Standing requestedBy(String person) {
    return new Standing(state, since, registeredAt, person, checkIn);
  }

  Standing checkedIn(CheckIn seen) {
    return new Standing(state, since, registeredAt, requestedBy, seen);
  }
}
