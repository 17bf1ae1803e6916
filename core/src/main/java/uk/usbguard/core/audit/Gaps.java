package uk.usbguard.core.audit;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import uk.usbguard.core.audit.AuditFinding.Kind;

/** Numbers that were skipped: entries that stand elsewhere, or are missing. */
final class Gaps {

  private record Gap(long last, String file, long line) {}

  /** By the first number. */
  private final TreeMap<Long, Gap> gaps = new TreeMap<>();

  /** Entries that stood too early: the gap that they left is still to come. */
  private final TreeSet<Long> early = new TreeSet<>();

  void add(long first, long last, String file, long line) {
    if (gaps.size() < AuditReport.MOST_FINDINGS) {
      gaps.put(first, new Gap(last, file, line));
      early.subSet(first, true, last, true).forEach(this::fill);
    }
  }

  /** An entry that stands before its place. */
  void addEarly(long number) {
    if (early.size() < AuditReport.MOST_FINDINGS) {
      early.add(number);
    }
  }

  /** Takes a number out of the gap that it lies in; false if it lies in none. */
  @CanIgnoreReturnValue
  boolean fill(long number) {
    Map.Entry<Long, Gap> entry = gaps.floorEntry(number);
    if (entry == null || number > entry.getValue().last()) {
      return false;
    }
    Gap gap = entry.getValue();
    gaps.remove(entry.getKey());
    if (entry.getKey() < number) {
      gaps.put(entry.getKey(), new Gap(number - 1, gap.file(), gap.line()));
    }
    if (number < gap.last()) {
      gaps.put(number + 1, gap);
    }
    return true;
  }

  /** What is left is missing. */
  void report(Findings findings) {
    gaps.forEach(
        (first, gap) -> findings.add(Kind.DELETED, first, gap.last(), gap.file(), gap.line()));
  }
}
