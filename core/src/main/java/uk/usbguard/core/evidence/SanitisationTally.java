package uk.usbguard.core.evidence;

import java.util.List;
import java.util.Map;
import uk.usbguard.core.device.LifecycleState;
import uk.usbguard.core.registry.Action;
import uk.usbguard.core.registry.Approval;
import uk.usbguard.core.registry.Device;
import uk.usbguard.core.registry.Wipe;

/** What was wiped before it went on or out: CAF B3.e. */
final class SanitisationTally implements Tally {

  private final Rows unwiped;
  private long waiting;

  SanitisationTally(int most) {
    this.unwiped =
        new Rows(most, "disposed-without-wipe", "tag", "disposed-since", "owner", "data-class");
  }

  @Override
  public void take(Device device) {
    waiting += device.state() == LifecycleState.RETURNED ? 1 : 0;
    if (device.state() == LifecycleState.DISPOSED && !isWiped(device)) {
      unwiped.add(
          () ->
              List.of(
                  Value.text(device.tag().text()),
                  Value.moment(device.standing().since()),
                  Value.text(device.holder().owner()),
                  Labels.word(device.justification().dataClass(), "data-class")));
    }
  }

  /** Not needed where nobody ever had it: a wipe takes the approval of the last owner away. */
  private static boolean isWiped(Device device) {
    Approval approval = device.paperwork().approval();
    Wipe wipe = device.paperwork().wipe();
    return approval == null || (wipe != null && wipe.at().isAfter(approval.at()));
  }

  Section section(Map<Action, Long> deeds) {
    return new Section(
        SectionKind.SANITISATION,
        List.of(
            new Figure("wiped-in-year", Value.number(deeds.getOrDefault(Action.WIPED, 0L))),
            new Figure(
                "wipes-failed-in-year", Value.number(deeds.getOrDefault(Action.WIPE_FAILED, 0L))),
            new Figure("disposed-in-year", Value.number(deeds.getOrDefault(Action.RETIRE, 0L))),
            new Figure("returned-not-wiped", Value.number(waiting)),
            new Figure("disposed-without-wipe", Value.number(unwiped.total()))),
        List.of(unwiped.listing()),
        List.of());
  }
}
