package uk.usbguard.core.registry;

import org.jspecify.annotations.Nullable;
import uk.usbguard.core.registry.UseException.ExceptionKind;

/** What was signed and approved for the present owner; null where it was not. */
public record Paperwork(
    @Nullable Approval approval,
    @Nullable SignOff signOff,
    @Nullable Handover handover,
    @Nullable Wipe wipe,
    @Nullable UseException byod,
    @Nullable UseException unencrypted) {

  /** Nothing yet. */
  public static final Paperwork NONE = new Paperwork(null, null, null, null, null, null);

  Paperwork with(Approval given) {
    return new Paperwork(given, signOff, handover, wipe, byod, unencrypted);
  }

  Paperwork with(SignOff given) {
    return new Paperwork(approval, given, handover, wipe, byod, unencrypted);
  }

  Paperwork with(Handover given) {
    return new Paperwork(approval, signOff, given, wipe, byod, unencrypted);
  }

  Paperwork with(UseException given) {
    return given.kind() == ExceptionKind.BYOD
        ? new Paperwork(approval, signOff, handover, wipe, given, unencrypted)
        : new Paperwork(approval, signOff, handover, wipe, byod, given);
  }

  /** For the next owner: nothing of the last one's counts any more: LEAV-02. */
  Paperwork forNextOwner(@Nullable Wipe passed) {
    return new Paperwork(null, null, null, passed, null, null);
  }
}
