package uk.usbguard.core.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.audit.AuditFinding;
import uk.usbguard.core.audit.AuditHead;
import uk.usbguard.core.audit.AuditReport;
import uk.usbguard.core.audit.AuditResult;

/** What is shown of the audit log: DSPT 4.4.1 and 5.1.1. */
final class LogSections {

  private final Optional<LogFacts> log;
  private final LogYear year;
  private final int most;

  LogSections(Optional<LogFacts> log, LogYear year, int most) {
    this.log = log;
    this.year = year;
    this.most = most;
  }

  Section admin() {
    if (log.isEmpty()) {
      return new Section(
          SectionKind.ADMIN_LOG,
          List.of(new Figure("log", Value.word("log", "none"))),
          List.of(),
          List.of("audit-log", "other-logs"));
    }
    AuditReport report = log.get().verified();
    List<Figure> figures = new ArrayList<>();
    figures.add(new Figure("log", Value.word("log", report.isSound() ? "sound" : "not-sound")));
    figures.add(new Figure("findings", Value.number(report.findingCount())));
    figures.add(new Figure("log-entries", Value.number(report.entries())));
    figures.add(new Figure("log-from", Value.moment(report.from().orElse(null))));
    figures.add(new Figure("log-until", Value.moment(report.until().orElse(null))));
    figures.add(
        new Figure(
            "signed-up-to",
            Value.number(report.head().map(AuditHead::entry).orElse(0L) - report.unsigned())));
    figures.add(new Figure("not-yet-signed", Value.number(report.unsigned())));
    figures.add(new Figure("clock-back", Value.number(report.clockBack())));
    figures.add(new Figure("torn-bytes", Value.number(report.tornBytes())));
    figures.add(new Figure("uncounted-entries", Value.number(year.unreadable())));
    figures.add(new Figure("signed-by", Value.text(log.get().signedBy())));
    figures.add(
        new Figure("log-head", Value.text(report.head().map(AuditHead::toString).orElse(""))));
    return new Section(
        SectionKind.ADMIN_LOG,
        figures,
        List.of(findings(report), year.actions()),
        List.of("other-logs"));
  }

  private Listing findings(AuditReport report) {
    Rows rows = new Rows(most, "log-findings", "finding", "first-entry", "last-entry", "file");
    for (AuditFinding finding : report.findings()) {
      rows.add(
          Value.word("finding", finding.kind().id()),
          Value.number(finding.first()),
          Value.number(finding.last()),
          Value.text(finding.file()));
    }
    Listing kept = rows.listing();
    return new Listing(
        kept.name(), kept.columns(), kept.rows(), Math.max(kept.total(), report.findingCount()));
  }

  /** Without a log it is not known, which is not the same as none. */
  Section workarounds() {
    return new Section(
        SectionKind.WORKAROUNDS,
        List.of(
            new Figure(
                "devices-blocked",
                recorded(year.count(AuditAction.DEVICE_DECIDE, AuditResult.DENIED))),
            new Figure(
                "policy-said-block",
                known(year.count(AuditAction.POLICY_EXPLAIN, AuditResult.DENIED))),
            new Figure("overrides", recorded(year.grants().total()))),
        List.of(year.grants().listing()),
        log.isEmpty() ? List.of("audit-log", "review") : List.of("review"));
  }

  /** Of what no command records yet: none in the log does not mean that there was none. */
  private static Value recorded(long number) {
    return number == 0 ? new Value.Nothing() : Value.number(number);
  }

  private Value known(long number) {
    return log.isEmpty() ? new Value.Nothing() : Value.number(number);
  }
}
