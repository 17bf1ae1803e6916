package uk.usbguard.core.container;

import java.time.Instant;
import java.util.Locale;
import uk.usbguard.core.format.KeySlotData;
import uk.usbguard.core.format.SlotKdf;

/**
 * One way to open a container.
 *
 * @param number of the slot
 * @param kind what it is opened with
 * @param derivation how its key is made, with its costs
 * @param made when
 * @param current whether the container was opened with it
 */
public record SlotInfo(
    int number, SlotKind kind, String derivation, Instant made, boolean current) {

  static SlotInfo of(int number, KeySlotData slot, boolean current) {
    return new SlotInfo(
        number, SlotKind.of(slot.type()), describe(slot.kdf()), slot.made(), current);
  }

  private static String describe(SlotKdf kdf) {
    if (kdf instanceof SlotKdf.Argon2id argon) {
      return String.format(
          Locale.ROOT,
          "Argon2id m=%d MiB t=%d p=%d",
          argon.memoryKib() / 1024,
          argon.passes(),
          argon.lanes());
    }
    if (kdf instanceof SlotKdf.Pbkdf2 pbkdf2) {
      return String.format(Locale.ROOT, "PBKDF2-HMAC-SHA-512 %d iterations", pbkdf2.iterations());
    }
    return kdf instanceof SlotKdf.Hkdf ? "HKDF-SHA-256" : "public key";
  }
}
