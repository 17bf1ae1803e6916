package uk.usbguard.core.registry;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.stream.Stream;
import uk.usbguard.core.device.LifecycleState;

/** An entry of the register. */
public record Device(
    AssetTag tag,
    Hardware hardware,
    Holder holder,
    Justification justification,
    Standing standing,
    Paperwork paperwork) {

  /** Where it stands in its life. */
  public LifecycleState state() {
    return standing.state();
  }

  /**
   * The time that counts at this time by a clock: never earlier than when the drive was last seen,
   * got its state, was approved or handed over. A clock that was set back does not bring back what
   * was over. When it was registered is not asked: that time could never be put right.
   */
  public Instant effective(Instant now) {
    Approval approval = paperwork.approval();
    Handover handover = paperwork.handover();
    return Stream.of(
            now,
            standing.since(),
            standing.checkIn().highestSeen(),
            approval == null ? null : approval.at(),
            handover == null ? null : handover.at())
        .flatMap(Stream::ofNullable)
        .max(Comparator.naturalOrder())
        .orElse(now);
  }

  /** The day of the time that counts, as the register counts days: {@link #effective}. */
  public LocalDate today(Instant now) {
    return LocalDate.ofInstant(effective(now), ZoneOffset.UTC);
  }

  /** Whether this time by a clock is one before the time that counts: CHK-03. */
  boolean isClockSetBack(Instant now) {
    return effective(now).isAfter(now.plus(CheckIn.TOLERANCE));
  }

  Device with(Hardware given) {
    return new Device(tag, given, holder, justification, standing, paperwork);
  }

  Device with(Holder given) {
    return new Device(tag, hardware, given, justification, standing, paperwork);
  }

  Device with(Standing given) {
    return new Device(tag, hardware, holder, justification, given, paperwork);
  }

  Device with(Paperwork given) {
    return new Device(tag, hardware, holder, justification, standing, given);
  }
}
