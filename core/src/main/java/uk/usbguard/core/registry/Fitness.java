package uk.usbguard.core.registry;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import uk.usbguard.core.device.LifecycleState;

/**
 * What a drive may be used for at one moment, as far as the register knows, and every reason why
 * not for more. What lies on the medium is not part of it.
 *
 * @param restriction the strictest of the concerns
 */
public record Fitness(Restriction restriction, List<Concern> concerns) {

  /** Copies the list. */
  public Fitness {
    concerns = List.copyOf(concerns);
  }

  /**
   * Judges an entry.
   *
   * @param identityShared whether another entry in use has the same identity
   */
  public static Fitness of(
      Device device, RegisterSettings settings, Instant now, boolean identityShared) {
    LocalDate today = device.today(now);
    List<Concern> concerns = new ArrayList<>();
    if (device.state() == LifecycleState.ISSUED) {
      addUse(concerns, device, settings, today);
      addCheckIn(concerns, device, settings.checkIn(), now);
    } else {
      concerns.add(Concern.NOT_ISSUED);
    }
    UseException unencrypted = device.paperwork().unencrypted();
    add(
        concerns,
        Concern.UNENCRYPTED_EXCEPTION_ENDED,
        unencrypted != null && !unencrypted.isInForce(today));
    add(concerns, Concern.IDENTITY_SHARED, identityShared);
    add(concerns, Concern.SERIAL_WEAK, !device.hardware().identity().serial().quality().isUsable());
    Restriction strictest =
        concerns.stream()
            .map(Concern::restriction)
            .max(Restriction::compareTo)
            .orElse(Restriction.NONE);
    return new Fitness(strictest, concerns);
  }

  private static void addUse(
      List<Concern> concerns, Device device, RegisterSettings settings, LocalDate today) {
    UseException byod = device.paperwork().byod();
    boolean mayBeUsed = byod != null && byod.isInForce(today);
    add(
        concerns,
        Concern.BYOD_NOT_ALLOWED,
        device.holder().ownership() == Ownership.PERSONAL && !mayBeUsed);
    Justification justification = device.justification();
    add(concerns, Concern.EXPIRED, justification.hasExpiredBy(today));
    add(concerns, Concern.REVIEW_OVERDUE, today.isAfter(justification.reviewDue()));
    SignOff signOff = device.paperwork().signOff();
    boolean current = signOff != null && signOff.version().equals(settings.agreementVersion());
    add(concerns, Concern.SIGN_OFF_OUTDATED, !current);
  }

  private static void addCheckIn(
      List<Concern> concerns, Device device, CheckInRule rule, Instant now) {
    Standing standing = device.standing();
    long days =
        standing
            .unseenSince(now)
            .map(from -> Duration.between(from, now).toDays())
            .orElse(Long.MAX_VALUE);
    if (days >= rule.lockDays()) {
      concerns.add(Concern.CHECK_IN_OVERDUE);
    } else if (days >= rule.readOnlyDays()) {
      concerns.add(Concern.CHECK_IN_LATE);
    } else if (days >= rule.warnDays()) {
      concerns.add(Concern.CHECK_IN_SOON);
    }
    add(
        concerns,
        Concern.CLOCK_SET_BACK,
        standing.possibleAt(now).checkIn().clockSetBack() || device.isClockSetBack(now));
  }

  private static void add(List<Concern> concerns, Concern concern, boolean holds) {
    if (holds) {
      concerns.add(concern);
    }
  }
}
