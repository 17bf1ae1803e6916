package uk.usbguard.cli.render;

import java.util.List;

/** What can open a container. */
public record SlotList(String container, List<SlotLine> slots) implements Report {

  @Override
  public String type() {
    return "key-list";
  }

  @Override
  public void print(Page page) {
    slots.forEach(slot -> slot.print(page));
  }
}
