package uk.usbguard.core.evidence;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.device.LifecycleState;
import uk.usbguard.core.registry.CheckInRule;
import uk.usbguard.core.registry.Concern;
import uk.usbguard.core.registry.Device;
import uk.usbguard.core.registry.Fitness;
import uk.usbguard.core.registry.RegisterSettings;
import uk.usbguard.core.registry.SignOff;
import uk.usbguard.core.registry.UseException;

/** What is past its date, and since when. */
final class OverdueTally implements Tally {

  /** The concerns that a date brings, or that somebody has to put right. */
  private static final Set<Concern> OVERDUE =
      EnumSet.of(
          Concern.CHECK_IN_OVERDUE,
          Concern.CHECK_IN_LATE,
          Concern.EXPIRED,
          Concern.REVIEW_OVERDUE,
          Concern.SIGN_OFF_OUTDATED,
          Concern.BYOD_NOT_ALLOWED,
          Concern.UNENCRYPTED_EXCEPTION_ENDED);

  private final RegisterSettings settings;
  private final Instant now;
  private final Counts<Concern> counts = new Counts<>(Concern.class);
  private final Rows rows;
  private long drives;

  OverdueTally(RegisterSettings settings, Instant now, int most) {
    this.settings = settings;
    this.now = now;
    this.rows =
        new Rows(most, "overdue-drives", "tag", "overdue", "due", "state", "owner", "manager");
  }

  @Override
  public void take(Device device) {
    if (device.state() == LifecycleState.DISPOSED) {
      return;
    }
    List<Concern> overdue =
        Fitness.of(device, settings, now, false).concerns().stream()
            .filter(OVERDUE::contains)
            .toList();
    drives += overdue.isEmpty() ? 0 : 1;
    for (Concern concern : overdue) {
      counts.add(concern);
      rows.add(
          () ->
              List.of(
                  Value.text(device.tag().text()),
                  Value.word("overdue", concern.label()),
                  Value.day(due(concern, device)),
                  Labels.state(device),
                  Value.text(device.holder().owner()),
                  Value.text(device.holder().manager())));
    }
  }

  /** The last day on which it was in order; null if it never was. */
  private @Nullable LocalDate due(Concern concern, Device device) {
    CheckInRule rule = settings.checkIn();
    return switch (concern) {
      case CHECK_IN_OVERDUE -> unseen(device, rule.lockDays());
      case CHECK_IN_LATE -> unseen(device, rule.readOnlyDays());
      case EXPIRED -> device.justification().expires();
      case REVIEW_OVERDUE -> device.justification().reviewDue();
      case BYOD_NOT_ALLOWED -> ends(device.paperwork().byod());
      case UNENCRYPTED_EXCEPTION_ENDED -> ends(device.paperwork().unencrypted());
      case SIGN_OFF_OUTDATED ->
          Optional.ofNullable(device.paperwork().signOff()).map(SignOff::date).orElse(null);
      case NOT_ISSUED, CHECK_IN_SOON, CLOCK_SET_BACK, IDENTITY_SHARED, SERIAL_WEAK -> null;
    };
  }

  private LocalDate unseen(Device device, int days) {
    return LocalDate.ofInstant(device.standing().possibleAt(now).countsFrom(), ZoneOffset.UTC)
        .plusDays(days);
  }

  private static @Nullable LocalDate ends(@Nullable UseException leave) {
    return leave == null ? null : leave.ends();
  }

  Section section(Optional<PolicyFacts> policy) {
    return new Section(
        SectionKind.OVERDUE,
        List.of(
            new Figure("overdue-drives", Value.number(drives)),
            figure(Concern.CHECK_IN_OVERDUE),
            figure(Concern.CHECK_IN_LATE),
            figure(Concern.EXPIRED),
            figure(Concern.REVIEW_OVERDUE),
            figure(Concern.SIGN_OFF_OUTDATED),
            figure(Concern.BYOD_NOT_ALLOWED),
            figure(Concern.UNENCRYPTED_EXCEPTION_ENDED),
            new Figure(
                "policy-review",
                Value.word("review", policy.map(PolicyFacts::review).orElse("no-policy")))),
        List.of(rows.listing()),
        List.of());
  }

  private Figure figure(Concern concern) {
    return new Figure(concern.label(), Value.number(counts.of(concern)));
  }
}
