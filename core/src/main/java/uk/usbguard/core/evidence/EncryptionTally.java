package uk.usbguard.core.evidence;

import java.time.Instant;
import java.util.List;
import uk.usbguard.core.device.LifecycleState;
import uk.usbguard.core.registry.Device;
import uk.usbguard.core.registry.UseException;

/** How many drives are encrypted, and which need not be: DSPT 9.5.2, GOV-02. */
final class EncryptionTally implements Tally {

  private final Instant now;
  private final Counts<Proof> staff = new Counts<>(Proof.class);
  private final Counts<Proof> lost = new Counts<>(Proof.class);
  private final Counts<Proof> stock = new Counts<>(Proof.class);
  private final Rows exceptions;
  private final Rows unproven;
  private long inForce;
  private long withStaff;

  EncryptionTally(Instant now, int most) {
    this.now = now;
    this.exceptions =
        new Rows(
            most,
            "unencrypted-exceptions",
            "tag",
            "state",
            "owner",
            "approver",
            "board-reference",
            "risk-assessment",
            "ends",
            "leave",
            "proof");
    this.unproven =
        new Rows(
            most, "unproven-drives", "tag", "state", "owner", "manager", "data-class", "proof");
  }

  @Override
  public void take(Device device) {
    if (device.state() == LifecycleState.DISPOSED || device.state() == LifecycleState.REQUESTED) {
      return;
    }
    Proof proof = Proof.of(device, device.today(now));
    if (device.state().isOutstanding()) {
      withStaff++;
      staff.add(proof);
      if (!proof.isEncrypted() && proof != Proof.EXCEPTION) {
        unproven.add(() -> unproven(device, proof));
      }
    } else {
      (device.state() == LifecycleState.LOST ? lost : stock).add(proof);
    }
    UseException leave = device.paperwork().unencrypted();
    if (leave != null) {
      inForce += leave.isInForce(device.today(now)) ? 1 : 0;
      exceptions.add(() -> exception(device, leave, proof));
    }
  }

  private static List<Value> unproven(Device device, Proof proof) {
    return List.of(
        Value.text(device.tag().text()),
        Labels.state(device),
        Value.text(device.holder().owner()),
        Value.text(device.holder().manager()),
        Labels.word(device.justification().dataClass(), "data-class"),
        Labels.word(proof, "proof"));
  }

  private List<Value> exception(Device device, UseException leave, Proof proof) {
    return List.of(
        Value.text(device.tag().text()),
        Labels.state(device),
        Value.text(device.holder().owner()),
        Value.text(leave.approver()),
        Value.text(leave.boardReference()),
        Value.text(leave.riskAssessment()),
        Value.day(leave.ends()),
        Value.word("leave", leave.isInForce(device.today(now)) ? "in-force" : "ended"),
        Labels.word(proof, "proof"));
  }

  Section section() {
    long proven = staff.of(Proof.CONTAINER) + staff.of(Proof.CONTAINER_AND_SECRET);
    return new Section(
        SectionKind.ENCRYPTION,
        List.of(
            new Figure("with-staff-encrypted", new Value.Share(proven, withStaff)),
            new Figure(
                "with-staff-unencrypted-by-exception", Value.number(staff.of(Proof.EXCEPTION))),
            new Figure("with-staff-unproven", Value.number(unproven.total())),
            new Figure("exceptions-in-force", Value.number(inForce)),
            new Figure("exceptions-ended", Value.number(exceptions.total() - inForce))),
        List.of(byProof(), unproven.listing(), exceptions.listing()),
        List.of("hardware-encryption", "medium-now"));
  }

  private Listing byProof() {
    Rows rows =
        new Rows(
            Integer.MAX_VALUE, "by-proof", "proof", "with-staff", "lost", "in-stock", "drives");
    for (Proof proof : Proof.values()) {
      rows.add(
          Labels.word(proof, "proof"),
          Value.number(staff.of(proof)),
          Value.number(lost.of(proof)),
          Value.number(stock.of(proof)),
          Value.number(staff.of(proof) + lost.of(proof) + stock.of(proof)));
    }
    return rows.listing();
  }
}
