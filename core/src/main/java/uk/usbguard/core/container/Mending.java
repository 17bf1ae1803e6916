package uk.usbguard.core.container;

import java.util.List;

/**
 * What a repair found wrong and put right, or would put right if it were no trial.
 *
 * @param keyAreas copies of the key area that were not as the one that counts
 * @param rings areas of whose root slots not one could be read
 * @param headers segments whose header was damaged
 * @param missingSegments files in the middle that are not there; empty ones stand in for them now
 * @param opened whether the container opened before, at the newest commit that somebody was told of
 * @param lostNodes parts of the index that could not be read
 * @param restored entries that were put back where they had been
 * @param forwarded commits whose record is lost and whose changes were taken from their trailer
 * @param dropped newer commits that are not whole: an interrupted session
 * @param lost saves that somebody was told are safe and of which neither record nor changes are
 *     left
 * @param recovered names in the folder of recovered things: what may be out of date or was nameless
 * @param lostExtents parts of 64 KiB whose place in the index is lost; reading there says damaged
 * @param unknownRanges parts of the index of which nothing certain was found any more
 * @param generation of the commit that the container is at now
 */
public record Mending(
    List<Integer> keyAreas,
    List<Integer> rings,
    List<Integer> headers,
    List<Integer> missingSegments,
    boolean opened,
    int lostNodes,
    long restored,
    List<Long> forwarded,
    List<Long> dropped,
    List<Long> lost,
    List<String> recovered,
    long lostExtents,
    int unknownRanges,
    long generation) {

  /** Copies the lists. */
  public Mending {
    keyAreas = List.copyOf(keyAreas);
    rings = List.copyOf(rings);
    headers = List.copyOf(headers);
    missingSegments = List.copyOf(missingSegments);
    forwarded = List.copyOf(forwarded);
    dropped = List.copyOf(dropped);
    lost = List.copyOf(lost);
    recovered = List.copyOf(recovered);
  }

  /** True if there was nothing to put right. */
  public boolean isNothing() {
    return keyAreas.isEmpty()
        && rings.isEmpty()
        && headers.isEmpty()
        && missingSegments.isEmpty()
        && opened
        && lostNodes == 0
        && lost.isEmpty()
        && forwarded.isEmpty();
  }

  /** True if something of the index could not be brought back to where it was. */
  public boolean losesNames() {
    return unknownRanges > 0 || !lost.isEmpty();
  }
}
