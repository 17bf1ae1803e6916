package uk.usbguard.cli.render;

import java.time.Instant;

/**
 * A key slot.
 *
 * @param slotType passphrase, recovery, organisation or recipient
 * @param current whether the container was opened with it
 */
public record SlotLine(int slot, String slotType, String kdf, Instant created, boolean current) {

  void print(Page page) {
    page.line(
        "slots.line", slot, page.texts().get("slot." + slotType), kdf, page.texts().date(created));
  }
}
