package uk.usbguard.core.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a look at all of a log gives.
 *
 * @param head the newest entry; what to keep elsewhere
 * @param from the time of the first entry
 * @param until the time of the last entry
 * @param unsigned entries at the end that no signature covers yet
 * @param tornBytes bytes at the end that a crash left, or that are being written now
 * @param clockBack how often the clock went back
 * @param findings in the order of the log; at most {@link #MOST_FINDINGS}
 * @param findingCount all of them
 */
public record AuditReport(
    Optional<AuditHead> head,
    int files,
    long entries,
    long checkpoints,
    Optional<Instant> from,
    Optional<Instant> until,
    long unsigned,
    long tornBytes,
    long clockBack,
    List<AuditFinding> findings,
    long findingCount) {

  public static final int MOST_FINDINGS = 1000;

  /** Whether nothing was found that no honest writer leaves. */
  public boolean isSound() {
    return findingCount == 0;
  }
}
