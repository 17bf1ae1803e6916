package uk.usbguard.cli.render;

import java.time.Instant;
import java.util.List;
import uk.usbguard.cli.text.Printable;

/**
 * What a container's header says of itself. Nobody has checked it: anybody who can write to the
 * stick can have written it.
 *
 * @param verified always false
 */
public record ClaimedFacts(
    String container,
    boolean verified,
    String id,
    int version,
    String profile,
    Instant created,
    long keyGeneration,
    List<SlotLine> slots,
    long segmentBytes,
    long fileBytes)
    implements Report {

  @Override
  public String type() {
    return "info";
  }

  @Override
  public void print(Page page) {
    var texts = page.texts();
    page.line("info.claimed", Printable.name(container));
    page.line("info.id", id);
    page.line("info.format", version, profile);
    page.line("info.created", texts.time(created));
    page.line("info.file-size", texts.size(fileBytes));
    page.line("info.slots", slots.size());
    slots.forEach(slot -> slot.print(page));
    page.line("info.how-to-verify");
  }
}
