package uk.usbguard.core.registry;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Whether the times of an entry from elsewhere are possible: what was done was done before now, and
 * an exception ends no later than one that is given now. Clocks may differ a little.
 */
final class EntryTimes {

  private final Instant latest;
  private final LocalDate today;

  EntryTimes(Instant now) {
    this.latest = now.plus(CheckIn.TOLERANCE);
    this.today = Lifecycle.latestDay(now);
  }

  void check(Device device) throws RegisterRefusedException {
    Standing standing = device.standing();
    past(Field.STATE_SINCE, standing.since());
    past(Field.REGISTERED_AT, standing.registeredAt());
    check(standing.checkIn());
    Paperwork paperwork = device.paperwork();
    Approval approval = paperwork.approval();
    if (approval != null) {
      past(Field.APPROVED_AT, approval.at());
    }
    Handover handover = paperwork.handover();
    if (handover != null) {
      past(Field.HANDOVER_AT, handover.at());
    }
    Wipe wipe = paperwork.wipe();
    if (wipe != null) {
      past(Field.WIPED_AT, wipe.at());
    }
    SignOff signOff = paperwork.signOff();
    if (signOff != null && signOff.date().isAfter(today)) {
      throw inFuture(Field.SIGN_OFF_DATE, signOff.date().toString());
    }
    check(paperwork.byod());
    check(paperwork.unencrypted());
  }

  private void check(CheckIn checkIn) throws RegisterRefusedException {
    Instant last = checkIn.lastSeen();
    Instant highest = checkIn.highestSeen();
    past(Field.LAST_SEEN, last);
    past(Field.HIGHEST_SEEN, highest);
    if (last != null && (highest == null || highest.isBefore(last))) {
      throw new RegisterRefusedException(Refusal.SEEN_OUT_OF_ORDER);
    }
  }

  private void check(@Nullable UseException leave) throws RegisterRefusedException {
    LocalDate last = today.plusDays(Lifecycle.EXCEPTION_DAYS);
    if (leave != null && leave.ends().isAfter(last)) {
      throw new RegisterRefusedException(
          Refusal.EXCEPTION_TOO_LONG, leave.ends().toString(), last.toString());
    }
  }

  private void past(Field field, @Nullable Instant when) throws RegisterRefusedException {
    if (when != null && when.isAfter(latest)) {
      throw inFuture(field, when.toString());
    }
  }

  private static RegisterRefusedException inFuture(Field field, String when) {
    return new RegisterRefusedException(Refusal.IN_FUTURE, field.label(), when);
  }
}
