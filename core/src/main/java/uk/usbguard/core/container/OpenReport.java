package uk.usbguard.core.container;

import java.util.List;
import java.util.OptionalLong;

/**
 * What was noticed while opening.
 *
 * @param generation the commit that the container is at
 * @param committedMillis when it was made, in milliseconds since 1970
 * @param dropped newer generations that were not whole, newest first: an interrupted session
 * @param lost those among them that somebody was told are safe: the medium lost them afterwards
 * @param rolledBackFrom the generation that this user saw last, if that was a newer one: somebody
 *     may have put back an older copy
 * @param clean whether the last session came to an orderly end
 * @param damagedKeyAreas numbers of the copies of the key area that are damaged or old; a writer
 *     mends them
 */
public record OpenReport(
    long generation,
    long committedMillis,
    List<Long> dropped,
    List<Long> lost,
    OptionalLong rolledBackFrom,
    boolean clean,
    List<Integer> damagedKeyAreas) {

  /** Copies the lists. */
  public OpenReport {
    dropped = List.copyOf(dropped);
    lost = List.copyOf(lost);
    damagedKeyAreas = List.copyOf(damagedKeyAreas);
  }
}
