package uk.usbguard.core.evidence;

import java.time.Instant;
import java.util.List;
import uk.usbguard.core.device.IdentityLevel;
import uk.usbguard.core.device.LifecycleState;
import uk.usbguard.core.registry.DataClass;
import uk.usbguard.core.registry.Device;
import uk.usbguard.core.registry.Ownership;
import uk.usbguard.core.registry.UseException;

/** The extract of the asset register: DSPT 1.1.2. */
final class RegisterTally implements Tally {

  private final Instant now;
  private final Counts<LifecycleState> states = new Counts<>(LifecycleState.class);
  private final Counts<Ownership> ownerships = new Counts<>(Ownership.class);
  private final Counts<DataClass> dataClasses = new Counts<>(DataClass.class);
  private final Counts<IdentityLevel> levels = new Counts<>(IdentityLevel.class);
  private final Rows personal;
  private final Rows drives;
  private long entries;
  private long ownerMissing;
  private long referenceMissing;
  private long serialWeak;

  RegisterTally(Instant now, int most) {
    this.now = now;
    this.personal =
        new Rows(
            most,
            "personal-drives",
            "tag",
            "owner",
            "approver",
            "risk-assessment",
            "ends",
            "leave");
    this.drives =
        new Rows(
            most,
            "drives",
            "tag",
            "state",
            "owner",
            "manager",
            "organisation",
            "data-class",
            "asset-reference",
            "identity-level",
            "review-due");
  }

  @Override
  public void take(Device device) {
    entries++;
    states.add(device.state());
    if (device.state() == LifecycleState.DISPOSED) {
      return;
    }
    ownerships.add(device.holder().ownership());
    dataClasses.add(device.justification().dataClass());
    levels.add(device.hardware().level());
    ownerMissing += device.holder().owner().isBlank() ? 1 : 0;
    referenceMissing += device.justification().assetReference().isEmpty() ? 1 : 0;
    serialWeak += device.hardware().identity().serial().quality().isUsable() ? 0 : 1;
    if (device.holder().ownership() == Ownership.PERSONAL) {
      personal.add(() -> personal(device));
    }
    drives.add(() -> drive(device));
  }

  private List<Value> personal(Device device) {
    UseException leave = device.paperwork().byod();
    if (leave == null) {
      return List.of(
          Value.text(device.tag().text()),
          Value.text(device.holder().owner()),
          Value.text(""),
          Value.text(""),
          Value.day(null),
          Value.word("leave", "none"));
    }
    return List.of(
        Value.text(device.tag().text()),
        Value.text(device.holder().owner()),
        Value.text(leave.approver()),
        Value.text(leave.riskAssessment()),
        Value.day(leave.ends()),
        Value.word("leave", leave.isInForce(device.today(now)) ? "in-force" : "ended"));
  }

  private static List<Value> drive(Device device) {
    return List.of(
        Value.text(device.tag().text()),
        Labels.state(device),
        Value.text(device.holder().owner()),
        Value.text(device.holder().manager()),
        Value.text(device.holder().organisation()),
        Labels.word(device.justification().dataClass(), "data-class"),
        Value.text(device.justification().assetReference()),
        Labels.word(device.hardware().level(), "identity-level"),
        Value.day(device.justification().reviewDue()));
  }

  /**
   * What was counted.
   *
   * @param shared identities that several entries in use have
   */
  Section section(Rows shared) {
    return new Section(
        SectionKind.REGISTER,
        List.of(
            new Figure("entries", Value.number(entries)),
            new Figure("not-disposed", Value.number(entries - states.of(LifecycleState.DISPOSED))),
            new Figure("owner-missing", Value.number(ownerMissing)),
            new Figure("asset-reference-missing", Value.number(referenceMissing)),
            new Figure("serial-weak", Value.number(serialWeak)),
            new Figure("identity-shared", Value.number(shared.total()))),
        List.of(
            states.listing("by-state", "state"),
            ownerships.listing("by-ownership", "ownership"),
            dataClasses.listing("by-data-class", "data-class"),
            levels.listing("by-identity-level", "identity-level"),
            shared.listing(),
            personal.listing(),
            drives.listing()),
        List.of());
  }
}
