package uk.usbguard.core.registry;

import java.time.Instant;
import java.util.List;

/**
 * Somebody whose drives were suspended because they leave, and who still has some: LEAV-01.
 *
 * @param since when that was last recorded
 * @param outstanding what has to be given back or reported lost
 */
public record Leaver(String owner, Instant since, List<Device> outstanding) {

  /** Copies the list. */
  public Leaver {
    outstanding = List.copyOf(outstanding);
  }
}
