package uk.usbguard.core.media;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import uk.usbguard.core.media.Evidence.Sample;

/**
 * Looks at content in many places. What is structured refutes encryption; what looks random proves
 * nothing, as compressed data do, too.
 */
final class Sampler {

  static final int WINDOW = 64 << 10;

  private static final int SECTOR = 512;

  /** Fewer bytes than this say nothing about their distribution. */
  private static final int ENOUGH = 2048;

  /** The bounds that random data leave once in ten million windows; see docs/verdict.md. */
  private static final double LOWEST = 136;

  private static final double HIGHEST = 426;

  private final int windows;

  Sampler(int windows) {
    this.windows = windows;
  }

  /** Samples a stretch of the region. */
  Sample sample(Region region, Span stretch, List<Span> apart, Payload.Looks looks)
      throws ReadFailedException {
    List<Look> seen = new ArrayList<>();
    long room = Math.max(0, stretch.length() - WINDOW);
    long last = -1;
    for (int i = 0; i < windows; i++) {
      long offset = stretch.from() + scaled(room, i, Math.max(1, windows - 1));
      int length = (int) Math.min(WINDOW, stretch.to() - offset);
      boolean isApart = apart.stream().anyMatch(span -> span.touches(offset, offset + length));
      if (length > 0 && offset != last && !isApart) {
        seen.add(look(region.at(offset, length), looks));
      }
      last = offset;
    }
    return new Sample(
        seen.size(),
        Collections.frequency(seen, Look.CONSTANT),
        Collections.frequency(seen, Look.RANDOM),
        Collections.frequency(seen, Look.STRUCTURED));
  }

  /**
   * A multiple of 4096, so that what is written in pages is seen in pages; but the last window ends
   * with the last sector, where metadata of arrays lie.
   */
  private static long scaled(long room, int part, int parts) {
    if (part == parts) {
      return room / SECTOR * SECTOR;
    }
    return room / parts * part / 4096 * 4096;
  }

  /** What one window looks like. */
  enum Look {
    CONSTANT,
    RANDOM,
    STRUCTURED
  }

  /** Leaves out sectors that were never written and judges the rest. */
  static Look look(Block window, Payload.Looks looks) {
    int[] counts = new int[256];
    int total = 0;
    for (int at = 0; at < window.length(); at += SECTOR) {
      int end = Math.min(window.length(), at + SECTOR);
      if (isConstant(window, at, end) || isFrame(window, at, looks)) {
        continue;
      }
      for (int i = at; i < end; i++) {
        counts[window.u8(i)]++;
      }
      total += end - at;
    }
    if (total == 0) {
      return Look.CONSTANT;
    }
    int firstValue = looks == Payload.Looks.BATCHES ? 1 : 0;
    return isRandom(counts, firstValue) ? Look.RANDOM : Look.STRUCTURED;
  }

  private static boolean isConstant(Block window, int from, int to) {
    int value = window.u8(from);
    for (int i = from + 1; i < to; i++) {
      if (window.u8(i) != value) {
        return false;
      }
    }
    return true;
  }

  /** Our own batches begin and end with 128 bytes in clear. */
  private static boolean isFrame(Block window, int sector, Payload.Looks looks) {
    return looks == Payload.Looks.BATCHES
        && (window.has(sector, "UGCBATCH") || window.has(sector + SECTOR - 128, "UGCBATCH"));
  }

  /** Pearson's chi-square against a uniform distribution of the values from {@code first} on. */
  static boolean isRandom(int[] counts, int first) {
    long total = 0;
    for (int value = first; value < counts.length; value++) {
      total += counts[value];
    }
    if (total < ENOUGH) {
      return hasManyValues(counts, first, total);
    }
    double expected = (double) total / (counts.length - first);
    double chiSquare = 0;
    for (int value = first; value < counts.length; value++) {
      double difference = counts[value] - expected;
      chiSquare += difference * difference / expected;
    }
    return chiSquare >= LOWEST && chiSquare <= HIGHEST;
  }

  /** For a few sectors: text and tables repeat a few values, ciphertext does not. */
  private static boolean hasManyValues(int[] counts, int first, long total) {
    int most = 0;
    for (int value = first; value < counts.length; value++) {
      most = Math.max(most, counts[value]);
    }
    return most <= 8 + total / 64;
  }
}
