package uk.usbguard.core.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import uk.usbguard.core.device.LifecycleState;
import uk.usbguard.core.registry.Action;
import uk.usbguard.core.registry.Device;

/** What was lost or stolen: for DSPT 6.1.1 to 6.1.3. */
final class LossTally implements Tally {

  private final Instant now;
  private final Rows lost;
  private long found;
  private long unproven;

  LossTally(Instant now, int most) {
    this.now = now;
    this.lost =
        new Rows(
            most,
            "lost-drives",
            "tag",
            "lost-since",
            "owner",
            "manager",
            "organisation",
            "data-class",
            "proof",
            "last-seen");
  }

  @Override
  public void take(Device device) {
    found += device.state() == LifecycleState.FOUND ? 1 : 0;
    if (device.state() == LifecycleState.LOST) {
      Proof proof = Proof.of(device, device.today(now));
      unproven += proof.isEncrypted() ? 0 : 1;
      lost.add(
          () ->
              List.of(
                  Value.text(device.tag().text()),
                  Value.moment(device.standing().since()),
                  Value.text(device.holder().owner()),
                  Value.text(device.holder().manager()),
                  Value.text(device.holder().organisation()),
                  Labels.word(device.justification().dataClass(), "data-class"),
                  Labels.word(proof, "proof"),
                  Value.moment(device.standing().checkIn().lastSeen())));
    }
  }

  Section section(Map<Action, Long> deeds) {
    return new Section(
        SectionKind.INCIDENTS,
        List.of(
            new Figure("lost-now", Value.number(lost.total())),
            new Figure("lost-unproven", Value.number(unproven)),
            new Figure("found-not-cleared", Value.number(found)),
            new Figure("lost-in-year", Value.number(deeds.getOrDefault(Action.LOST, 0L))),
            new Figure("found-in-year", Value.number(deeds.getOrDefault(Action.FOUND, 0L)))),
        List.of(lost.listing()),
        List.of("incidents"));
  }
}
