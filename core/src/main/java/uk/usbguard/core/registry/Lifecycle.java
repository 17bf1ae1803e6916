package uk.usbguard.core.registry;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Set;
import uk.usbguard.core.device.ContainerFingerprint;
import uk.usbguard.core.device.LifecycleState;

/**
 * The rules of a drive's life: what an entry becomes by a deed, or why not. Pure: knows neither the
 * database nor the clock.
 */
final class Lifecycle {

  /** No exception lasts longer: somebody has to look again. */
  static final int EXCEPTION_DAYS = 366;

  private static final Set<LifecycleState> WITH_OWNER =
      EnumSet.of(
          LifecycleState.APPROVED,
          LifecycleState.ISSUED,
          LifecycleState.SUSPENDED,
          LifecycleState.FOUND);

  private final RegisterSettings settings;
  private final Instant now;
  private final LocalDate today;

  Lifecycle(RegisterSettings settings, Instant now) {
    this.settings = settings;
    this.now = now;
    this.today = LocalDate.ofInstant(now, ZoneOffset.UTC);
  }

  /** A new entry: complete, or refused (REG-01). */
  Device register(Registration wanted, Act act) throws RegisterRefusedException {
    return new Device(
        wanted.tag(),
        wanted.hardware().checked(),
        wanted.holder().checked(),
        lasting(wanted.justification().checked()),
        new Standing(LifecycleState.REQUESTED, now, now, act.actor(), CheckIn.NEVER),
        Paperwork.NONE);
  }

  private Justification lasting(Justification wanted) throws RegisterRefusedException {
    LocalDate expires = wanted.expires();
    if (expires != null && today.isAfter(expires)) {
      throw new RegisterRefusedException(Refusal.END_PASSED, expires.toString());
    }
    return wanted;
  }

  /** REG-03: by somebody who neither asked for it nor will hold it. */
  Device approve(Device device, String riskAssessment, Act act) throws RegisterRefusedException {
    Device approved = become(device, LifecycleState.APPROVED);
    refuseSelf(device, act.actor());
    String assessment = PlainText.optional(Field.RISK_ASSESSMENT, riskAssessment);
    if (assessment.isEmpty()) {
      throw new RegisterRefusedException(Refusal.RISK_ASSESSMENT_MISSING);
    }
    return approved.with(device.paperwork().with(new Approval(act.actor(), now, assessment)));
  }

  /** REG-04. */
  Device signOff(Device device, SignOff signed) throws RegisterRefusedException {
    needOwner(device);
    SignOff checked = signed.checked();
    if (checked.date().isAfter(latestDay(now))) {
      throw new RegisterRefusedException(
          Refusal.IN_FUTURE, Field.SIGN_OFF_DATE.label(), checked.date().toString());
    }
    if (!checked.version().equals(settings.agreementVersion())) {
      throw outdated(device, checked);
    }
    return device.with(device.paperwork().with(checked));
  }

  /** The day that it is where the day begins first. A later one has come nowhere. */
  static LocalDate latestDay(Instant now) {
    return LocalDate.ofInstant(now, ZoneOffset.ofHours(14));
  }

  /** CHK-01, CHK-03: no sooner than it can have been. */
  Device seen(Device device, Instant when) throws RegisterRefusedException {
    if (when.isAfter(now.plus(CheckIn.TOLERANCE))) {
      throw new RegisterRefusedException(
          Refusal.IN_FUTURE, Field.LAST_SEEN.label(), when.toString());
    }
    CheckIn before = device.standing().checkIn().possibleAt(now);
    return device.with(device.standing().checkedIn(before.seen(when)));
  }

  /** REG-05: all of the list, or it is no handover. */
  Device handOver(Device device, Set<HandoverItem> done, Act act) throws RegisterRefusedException {
    needOwner(device);
    if (done.size() < HandoverItem.values().length) {
      throw refused(Refusal.HANDOVER_INCOMPLETE, device);
    }
    return device.with(device.paperwork().with(new Handover(act.actor(), now)));
  }

  /** Into use: first time, after a suspension, or after clearance. */
  Device use(Device device) throws RegisterRefusedException {
    Device issued = become(device, LifecycleState.ISSUED);
    checkPaperwork(device);
    return issued;
  }

  /** Into use from one state only. */
  Device useFrom(LifecycleState from, Device device) throws RegisterRefusedException {
    if (device.state() != from) {
      throw illegal(device, LifecycleState.ISSUED);
    }
    return use(device);
  }

  /** After a suspension, by somebody else than who holds it: a leaver's drives stay out of use. */
  Device resume(Device device, Act act) throws RegisterRefusedException {
    Device issued = useFrom(LifecycleState.SUSPENDED, device);
    if (PlainText.same(device.holder().owner(), act.actor())) {
      throw refused(Refusal.RESUMED_BY_HOLDER, device, act.actor());
    }
    return issued;
  }

  /** Handed back; a found drive is cleared instead. */
  Device giveBack(Device device) throws RegisterRefusedException {
    if (device.state() == LifecycleState.FOUND) {
      throw illegal(device, LifecycleState.RETURNED);
    }
    return become(device, LifecycleState.RETURNED);
  }

  /** Nothing changes: the history has what was found, and why it is not as it should be. */
  Device spotCheck(Device device, SpotCheck found, Act act) throws RegisterRefusedException {
    if (!SampleDraw.POPULATION.contains(device.state())) {
      throw refused(
          Refusal.NOT_NOW, device, device.state().name().toLowerCase(java.util.Locale.ROOT));
    }
    if (found != SpotCheck.FOUND && act.reason().isBlank()) {
      throw new RegisterRefusedException(Refusal.FIELD_MISSING, "reason");
    }
    return device;
  }

  /** Nothing changes: a drive that cannot be wiped stays returned. */
  Device wipeFailed(Device device) throws RegisterRefusedException {
    if (device.state() != LifecycleState.RETURNED) {
      throw illegal(device, LifecycleState.WIPED);
    }
    return device;
  }

  /** What has to be there before anybody uses it. */
  private void checkPaperwork(Device device) throws RegisterRefusedException {
    LocalDate counts = device.today(now);
    Justification justification = device.justification();
    LocalDate expires = justification.expires();
    if (expires != null && counts.isAfter(expires)) {
      throw new RegisterRefusedException(Refusal.EXPIRED, device.tag().text(), expires.toString());
    }
    if (settings.assetReferenceNeeded() && justification.assetReference().isEmpty()) {
      throw refused(Refusal.ASSET_REFERENCE_MISSING, device);
    }
    Paperwork paperwork = device.paperwork();
    SignOff signOff = paperwork.signOff();
    if (signOff == null) {
      throw refused(Refusal.SIGN_OFF_MISSING, device);
    }
    if (!signOff.version().equals(settings.agreementVersion())) {
      throw outdated(device, signOff);
    }
    if (paperwork.handover() == null) {
      throw refused(Refusal.HANDOVER_INCOMPLETE, device);
    }
    UseException byod = paperwork.byod();
    if (device.holder().ownership() == Ownership.PERSONAL
        && (byod == null || !byod.isInForce(counts))) {
      throw refused(Refusal.BYOD_EXCEPTION_MISSING, device);
    }
  }

  /**
   * INC-06: only information governance, and not who holds or brought it.
   *
   * @param foundBy who recorded that it was found
   */
  Device clear(Device device, LifecycleState next, String foundBy, Act act)
      throws RegisterRefusedException {
    if (device.state() != LifecycleState.FOUND) {
      throw illegal(device, next);
    }
    if (!settings.isGovernance(act.actor())) {
      throw refused(Refusal.NOT_INFORMATION_GOVERNANCE, device, act.actor());
    }
    if (PlainText.same(foundBy, act.actor())) {
      throw refused(Refusal.FOUND_BY_SAME_PERSON, device, act.actor());
    }
    if (PlainText.same(device.holder().owner(), act.actor())) {
      throw refused(Refusal.SELF_APPROVAL, device, act.actor());
    }
    return next == LifecycleState.ISSUED ? use(device) : become(device, next);
  }

  /** WIPE-03, LEAV-02: the next owner needs an approval, a signature and a handover of his own. */
  Device wiped(Device device, String method, String certificate, Act act)
      throws RegisterRefusedException {
    Device wiped = become(device, LifecycleState.WIPED);
    Wipe wipe =
        new Wipe(
            PlainText.required(Field.WIPE_METHOD, method),
            PlainText.required(Field.WIPE_CERTIFICATE, certificate),
            act.actor(),
            now);
    return wiped.with(device.paperwork().forNextOwner(wipe));
  }

  /** To another owner before it is handed out, or to another manager at any time. */
  Device transfer(Device device, Holder next, Act act) throws RegisterRefusedException {
    Holder checked = next.checked();
    LifecycleState state = device.state();
    if (state == LifecycleState.DISPOSED) {
      throw refused(Refusal.NOT_NOW, device, state.name());
    }
    if (device.holder().isSameOwner(checked)) {
      return device.with(checked);
    }
    if (state != LifecycleState.REQUESTED && state != LifecycleState.WIPED) {
      throw refused(Refusal.OWNER_FIXED, device, state.name());
    }
    return device
        .with(checked)
        .with(device.standing().requestedBy(act.actor()))
        .with(device.paperwork().forNextOwner(device.paperwork().wipe()));
  }

  /** Another container on it: not while it is out of hand, when nobody can have looked at it. */
  Device contain(Device device, ContainerFingerprint container) throws RegisterRefusedException {
    LifecycleState state = device.state();
    if (state == LifecycleState.LOST || state == LifecycleState.DISPOSED) {
      throw refused(Refusal.NOT_NOW, device, state.name());
    }
    return device.with(device.hardware().holding(container));
  }

  /**
   * REG-07, GOV-02: by a named person who neither holds it nor asked for it, until a day. Who
   * enters it must be another, too: the name that is typed proves nothing.
   */
  Device except(Device device, UseException leave, Act act) throws RegisterRefusedException {
    if (device.state() == LifecycleState.DISPOSED) {
      throw refused(Refusal.NOT_NOW, device, device.state().name());
    }
    UseException checked = leave.checked();
    refuseSelf(device, checked.approver());
    refuseSelf(device, act.actor());
    if (!checked.isInForce(today)) {
      throw new RegisterRefusedException(Refusal.EXCEPTION_ENDED, checked.ends().toString());
    }
    LocalDate latest = today.plusDays(EXCEPTION_DAYS);
    if (checked.ends().isAfter(latest)) {
      throw new RegisterRefusedException(
          Refusal.EXCEPTION_TOO_LONG, checked.ends().toString(), latest.toString());
    }
    return device.with(device.paperwork().with(checked));
  }

  /** REG-08: the one place where a state changes. */
  Device become(Device device, LifecycleState next) throws RegisterRefusedException {
    if (!device.state().mayBecome(next)) {
      throw illegal(device, next);
    }
    return device.with(device.standing().become(next, now));
  }

  private static void refuseSelf(Device device, String person) throws RegisterRefusedException {
    if (PlainText.same(device.standing().requestedBy(), person)
        || PlainText.same(device.holder().owner(), person)) {
      throw refused(Refusal.SELF_APPROVAL, device, person);
    }
  }

  private static void needOwner(Device device) throws RegisterRefusedException {
    if (!WITH_OWNER.contains(device.state())) {
      throw refused(Refusal.NOT_NOW, device, device.state().name());
    }
  }

  private static RegisterRefusedException illegal(Device device, LifecycleState next) {
    return refused(Refusal.ILLEGAL_TRANSITION, device, device.state().name(), next.name());
  }

  private RegisterRefusedException outdated(Device device, SignOff signed) {
    return refused(
        Refusal.SIGN_OFF_OUTDATED, device, signed.version(), settings.agreementVersion());
  }

  private static RegisterRefusedException refused(Refusal refusal, Device device, String... more) {
    String[] facts = new String[more.length + 1];
    facts[0] = device.tag().text();
    System.arraycopy(more, 0, facts, 1, more.length);
    return new RegisterRefusedException(refusal, facts);
  }
}
