package uk.usbguard.cli.command;

import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.SlotInfo;

/** Finds key slots. */
final class Slots {

  private Slots() {}

  /** The one that the container was opened with. */
  static int current(Container container) {
    return container.slots().stream()
        .filter(SlotInfo::current)
        .mapToInt(SlotInfo::number)
        .findFirst()
        .orElseThrow();
  }
}
