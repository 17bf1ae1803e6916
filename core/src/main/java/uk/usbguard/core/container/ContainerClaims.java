package uk.usbguard.core.container;

import java.time.Instant;
import java.util.List;

/**
 * What a container says of itself to anybody. Without a key nobody can tell whether it is true.
 *
 * @param id the container's id
 * @param version of the format
 * @param profile of algorithms
 * @param made when it was made
 * @param keyMade when its master key was made
 * @param keyGeneration how often its slots were changed
 * @param segmentMib how long its files may grow
 * @param slots the ways to open it
 * @param fileBytes the length of its files
 */
public record ContainerClaims(
    String id,
    int version,
    Profile profile,
    Instant made,
    Instant keyMade,
    long keyGeneration,
    int segmentMib,
    List<SlotInfo> slots,
    long fileBytes) {

  /** Copies the list. */
  public ContainerClaims {
    slots = List.copyOf(slots);
  }
}
