package uk.usbguard.core.format;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one copy of the key area says: which container, and who can open it.
 *
 * @param keyGeneration counts the changes of the key area
 * @param masterKeyMade to the second
 * @param slots the slots in use, by number
 */
public record KeyArea(
    ContainerFacts container,
    long keyGeneration,
    Instant masterKeyMade,
    SortedMap<Integer, KeySlotData> slots) {

  public KeyArea {
    Required.that(
        keyGeneration >= 1 && keyGeneration <= FormatLimits.MAXIMUM_KEY_GENERATION,
        "key generation out of bounds");
    Seconds.require(masterKeyMade);
    slots = Collections.unmodifiableSortedMap(new TreeMap<>(slots));
    Required.that(
        slots.isEmpty() || (slots.firstKey() >= 0 && slots.lastKey() < FormatLimits.KEY_SLOTS),
        "slot number out of bounds");
    Required.that(
        passphraseSlots(slots) <= FormatLimits.MAXIMUM_PASSPHRASE_SLOTS,
        "too many passphrase slots");
    Required.that(
        argon2TotalKib(slots) <= FormatLimits.MAXIMUM_ARGON2_TOTAL_KIB, "slots cost too much");
  }

  /** The number of passphrase slots. */
  public int passphraseSlots() {
    return passphraseSlots(slots);
  }

  /** Memory in KiB times passes of all Argon2id slots. */
  public long argon2TotalKib() {
    return argon2TotalKib(slots);
  }

  static int passphraseSlots(SortedMap<Integer, KeySlotData> slots) {
    return (int) slots.values().stream().filter(s -> s.type() == SlotType.PASSPHRASE).count();
  }

  static long argon2TotalKib(SortedMap<Integer, KeySlotData> slots) {
    return slots.values().stream()
        .mapToLong(s -> s.kdf() instanceof SlotKdf.Argon2id kdf ? kdf.totalKib() : 0)
        .sum();
  }
}
