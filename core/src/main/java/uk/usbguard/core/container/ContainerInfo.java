package uk.usbguard.core.container;

import java.time.Instant;
import java.util.List;

/**
 * Verified facts about an open container.
 *
 * @param keyAge how long the master key has been in use
 * @param payloadBytes sum of the sizes of all files
 * @param fileBytes length of the container's own files
 * @param freeBytes of them, what neither content nor waiting space takes
 * @param clean whether the last session came to an orderly end
 * @param modules what does the cryptography, with versions
 */
public record ContainerInfo(
    String id,
    int version,
    Profile profile,
    Instant made,
    Instant keyMade,
    KeyAge keyAge,
    long keyGeneration,
    long generation,
    Instant committed,
    boolean clean,
    long files,
    long folders,
    long payloadBytes,
    long fileBytes,
    long freeBytes,
    List<SlotInfo> slots,
    String modules) {

  /** Copies the list. */
  public ContainerInfo {
    slots = List.copyOf(slots);
  }
}
