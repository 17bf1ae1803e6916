package uk.usbguard.core.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import uk.usbguard.core.media.Evidence.Sighting;

/** What lies between, before and behind partitions. */
final class Gaps {

  /** Up to here a gap may hold what is not zero, such as a boot loader, but no signature. */
  static final long SMALL = 1L << 20;

  /** Up to here a gap is read whole, and has to be zero. */
  static final long READ_WHOLE = 16L << 20;

  private static final int STEP = 512;
  private static final int CHUNK = 1 << 20;

  private final PageReader reader;
  private final List<Span> known;

  /** Takes the places of tables, which are accounted for. */
  Gaps(PageReader reader, List<Span> known) {
    this.reader = reader;
    this.known = known;
  }

  /** The stretches that no partition covers. */
  static List<Span> between(List<Span> partitions, long size) {
    List<Span> gaps = new ArrayList<>();
    long end = 0;
    for (Span partition : partitions) {
      if (partition.from() > end) {
        gaps.add(new Span(end, partition.from()));
      }
      end = Math.max(end, partition.to());
    }
    if (end < size) {
      gaps.add(new Span(end, size));
    }
    return gaps;
  }

  /** What is found in a gap; empty evidence and no reason if it is harmless. */
  ExtentFinding judge(Extent extent) {
    Set<Reason> reasons = new TreeSet<>();
    List<Evidence> evidence = new ArrayList<>();
    long length = Math.min(extent.lengthBytes(), READ_WHOLE);
    boolean zero = true;
    try {
      for (long at = 0; at < length; at += CHUNK) {
        int part = (int) Math.min(CHUNK, length - at);
        zero &= look(extent.offsetBytes() + at, part, evidence);
      }
    } catch (ReadFailedException e) {
      evidence.add(new Evidence.Unread(e.reason(), e.offset()));
      reasons.add(e.reason());
    }
    if (evidence.stream().anyMatch(Sighting.class::isInstance)) {
      reasons.add(Reason.GAP_HOLDS_SIGNATURE);
    }
    if (extent.lengthBytes() > READ_WHOLE) {
      reasons.add(Reason.GAP_TOO_LARGE);
    }
    if (!zero && extent.lengthBytes() > SMALL) {
      reasons.add(Reason.GAP_HOLDS_DATA);
    }
    return new ExtentFinding(extent, state(reasons), evidence, List.copyOf(reasons));
  }

  /** Whether this stretch, short enough to be read whole, holds nothing but zeros. */
  boolean isProvenEmpty(Extent extent) {
    if (extent.lengthBytes() > READ_WHOLE) {
      return false;
    }
    boolean zero = true;
    try {
      for (long at = 0; zero && at < extent.lengthBytes(); at += CHUNK) {
        int part = (int) Math.min(CHUNK, extent.lengthBytes() - at);
        zero = reader.read(extent.offsetBytes() + at, part).isZero();
      }
    } catch (ReadFailedException e) {
      return false; // the extent's own examination says why
    }
    return zero;
  }

  private static ExtentState state(Set<Reason> reasons) {
    if (reasons.isEmpty()) {
      return ExtentState.EMPTY;
    }
    boolean unread = reasons.stream().anyMatch(r -> r.grade() == Reason.Grade.UNREADABLE);
    return unread ? ExtentState.UNREADABLE : ExtentState.UNPROVEN;
  }

  /** Whether all is zero but what tables take up; collects signatures at every sector. */
  private boolean look(long offset, int length, List<Evidence> evidence)
      throws ReadFailedException {
    Block bytes = reader.read(offset, length);
    boolean zero = true;
    for (int at = 0; at < length; at += STEP) {
      long place = offset + at;
      boolean accounted = known.stream().anyMatch(s -> s.touches(place, place + STEP));
      if (accounted || bytes.isZero(at, Math.min(length, at + STEP))) {
        continue;
      }
      zero = false;
      Signatures.at(bytes, at)
          .ifPresent(
              format ->
                  evidence.add(
                      Sighting.of(
                          format,
                          place,
                          Evidence.Soundness.DAMAGED,
                          List.of(Reason.GAP_HOLDS_SIGNATURE))));
    }
    return zero;
  }
}
