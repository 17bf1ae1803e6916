package uk.usbguard.cli.work;

import java.util.List;
import java.util.Locale;
import uk.usbguard.cli.render.ClaimedFacts;
import uk.usbguard.cli.render.SlotLine;
import uk.usbguard.cli.render.SlotList;
import uk.usbguard.cli.render.VerifiedFacts;
import uk.usbguard.core.container.ContainerClaims;
import uk.usbguard.core.container.ContainerInfo;
import uk.usbguard.core.container.SlotInfo;

/** Puts what the engine says into results. */
public final class Facts {

  private Facts() {}

  /** From the header, unchecked. */
  public static ClaimedFacts claimed(String container, ContainerClaims claims) {
    return new ClaimedFacts(
        container,
        false,
        claims.id(),
        claims.version(),
        lower(claims.profile()),
        claims.made(),
        claims.keyGeneration(),
        lines(claims.slots()),
        (long) claims.segmentMib() << 20,
        claims.fileBytes());
  }

  /** Read with the key. */
  public static VerifiedFacts verified(String container, ContainerInfo info) {
    return new VerifiedFacts(
        container,
        true,
        info.id(),
        info.version(),
        lower(info.profile()),
        info.made(),
        info.keyMade(),
        lower(info.keyAge()),
        lines(info.slots()),
        info.files(),
        info.folders(),
        info.payloadBytes(),
        info.fileBytes(),
        info.freeBytes(),
        info.generation(),
        info.modules());
  }

  /** What can open it. */
  public static SlotList slots(String container, List<SlotInfo> slots) {
    return new SlotList(container, lines(slots));
  }

  private static List<SlotLine> lines(List<SlotInfo> slots) {
    return slots.stream()
        .map(s -> new SlotLine(s.number(), lower(s.kind()), s.derivation(), s.made(), s.current()))
        .toList();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
