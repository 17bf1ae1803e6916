package uk.usbguard.core.registry;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.device.LifecycleState;

/**
 * Whether an entry from elsewhere could have come about here: complete, and with the paperwork that
 * its state needs.
 */
final class EntryCheck {

  private EntryCheck() {}

  /** The entry in the form in which it is stored. */
  static Device check(Device device) throws RegisterRefusedException {
    Device plain =
        new Device(
            device.tag(),
            device.hardware().checked(),
            device.holder().checked(),
            device.justification().checked(),
            device.standing(),
            device.paperwork());
    Paperwork paperwork = device.paperwork();
    LifecycleState state = device.state();
    boolean inUse = state == LifecycleState.ISSUED || state == LifecycleState.SUSPENDED;
    need(Field.APPROVED_BY, inUse || state == LifecycleState.APPROVED, paperwork.approval());
    need(Field.SIGN_OFF_DATE, inUse, paperwork.signOff());
    need(Field.HANDOVER_AT, inUse, paperwork.handover());
    need(Field.WIPED_AT, state == LifecycleState.WIPED, paperwork.wipe());
    need(
        Field.BYOD_ENDS,
        inUse && device.holder().ownership() == Ownership.PERSONAL,
        paperwork.byod());
    check(device, paperwork);
    return plain;
  }

  private static void check(Device device, Paperwork paperwork) throws RegisterRefusedException {
    Approval approval = paperwork.approval();
    if (approval != null) {
      PlainText.required(Field.APPROVED_BY, approval.approvedBy());
      PlainText.required(Field.RISK_ASSESSMENT, approval.riskAssessment());
      refuseSelf(device, approval.approvedBy());
    }
    SignOff signOff = paperwork.signOff();
    if (signOff != null) {
      Objects.requireNonNull(signOff.checked()); // it refuses what is missing by itself
    }
    Handover handover = paperwork.handover();
    if (handover != null) {
      PlainText.required(Field.HANDOVER_BY, handover.by());
    }
    Wipe wipe = paperwork.wipe();
    if (wipe != null) {
      PlainText.required(Field.WIPE_METHOD, wipe.method());
      PlainText.required(Field.WIPE_CERTIFICATE, wipe.certificate());
      PlainText.required(Field.WIPED_BY, wipe.by());
    }
    check(device, paperwork.byod());
    check(device, paperwork.unencrypted());
  }

  private static void check(Device device, @Nullable UseException leave)
      throws RegisterRefusedException {
    if (leave != null) {
      refuseSelf(device, leave.checked().approver());
    }
  }

  private static void need(Field field, boolean needed, @Nullable Object there)
      throws RegisterRefusedException {
    if (needed && there == null) {
      throw new RegisterRefusedException(Refusal.FIELD_MISSING, field.label());
    }
  }

  private static void refuseSelf(Device device, String person) throws RegisterRefusedException {
    if (PlainText.same(device.holder().owner(), person)
        || PlainText.same(device.standing().requestedBy(), person)) {
      throw new RegisterRefusedException(Refusal.SELF_APPROVAL, device.tag().text(), person);
    }
  }
}
