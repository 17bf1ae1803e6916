package uk.usbguard.cli.render;

import java.time.Instant;
import java.util.List;
import uk.usbguard.cli.text.Printable;

/**
 * What is so: read with the key and authenticated.
 *
 * @param verified always true
 * @param keyAge fine, due or expired
 */
public record VerifiedFacts(
    String container,
    boolean verified,
    String id,
    int version,
    String profile,
    Instant created,
    Instant keyCreated,
    String keyAge,
    List<SlotLine> slots,
    long files,
    long folders,
    long payloadBytes,
    long containerBytes,
    long freeBytes,
    long generation,
    String cryptoModule)
    implements Report {

  @Override
  public String type() {
    return "info";
  }

  @Override
  public void print(Page page) {
    var texts = page.texts();
    page.line("info.verified", Printable.name(container));
    page.line("info.id", id);
    page.line("info.format", version, profile);
    page.line("info.created", texts.time(created));
    page.line("info.key", texts.date(keyCreated), texts.get("key-age." + keyAge));
    page.line(
        "info.content",
        texts.count("file", files),
        texts.count("folder", folders),
        texts.size(payloadBytes));
    page.line("info.space", texts.size(containerBytes), texts.size(freeBytes));
    page.line("info.generation", generation);
    page.line("info.module", cryptoModule);
    page.line("info.slots", slots.size());
    slots.forEach(slot -> slot.print(page));
  }
}
