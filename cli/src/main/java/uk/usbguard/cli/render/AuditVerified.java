package uk.usbguard.cli.render;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.audit.AuditFinding;
import uk.usbguard.core.audit.AuditHead;
import uk.usbguard.core.audit.AuditReport;

/**
 * What reading all of an audit log found.
 *
 * @param unsigned entries at the end that no signature covers yet
 * @param tornBytes bytes at the end that a crash left, or that are being written now
 */
public record AuditVerified(
    boolean sound,
    int files,
    long entries,
    long checkpoints,
    @Nullable Instant from,
    @Nullable Instant until,
    @Nullable String head,
    long unsigned,
    long tornBytes,
    long clockBack,
    List<Found> findings,
    long findingCount)
    implements Report {

  /** Something that no honest writer leaves: which entries, and where it shows. */
  public record Found(String kind, long first, long last, String file, long line) {
    static Found of(AuditFinding finding) {
      return new Found(
          finding.kind().id(), finding.first(), finding.last(), finding.file(), finding.line());
    }
  }

  public static AuditVerified of(AuditReport report) {
    return new AuditVerified(
        report.isSound(),
        report.files(),
        report.entries(),
        report.checkpoints(),
        report.from().orElse(null),
        report.until().orElse(null),
        report.head().map(AuditHead::toString).orElse(null),
        report.unsigned(),
        report.tornBytes(),
        report.clockBack(),
        report.findings().stream().map(Found::of).toList(),
        report.findingCount());
  }

  @Override
  public String type() {
    return "audit-verify";
  }

  @Override
  public void print(Page page) {
    var texts = page.texts();
    for (Found found : findings) {
      String which =
          found.first() == found.last()
              ? texts.get("audit.entry", found.first())
              : texts.get("audit.entries", found.first(), found.last());
      page.line("audit.found." + found.kind(), which, found.file(), found.line());
    }
    if (tornBytes > 0) {
      page.line("audit.torn", texts.size(tornBytes));
    }
    if (unsigned > 0) {
      page.line("audit.unsigned", texts.count("entry", unsigned));
    }
    if (clockBack > 0) {
      page.line("audit.clock-back", texts.number(clockBack));
    }
    page.line(
        sound ? "audit.sound" : "audit.not-sound",
        texts.count("entry", entries),
        texts.count("signature", checkpoints),
        texts.count("finding", findingCount));
  }
}
