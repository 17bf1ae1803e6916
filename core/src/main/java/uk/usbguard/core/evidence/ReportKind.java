package uk.usbguard.core.evidence;

import java.util.List;

/** Which report. */
public enum ReportKind {
  /** Everything that the standards ask for and the program knows. */
  EVIDENCE(500),
  /** Who leaves and still has drives: LEAV-01. */
  LEAVERS(10_000),
  /** What is past its date. */
  OVERDUE(10_000);

  private final int rows;

  ReportKind(int rows) {
    this.rows = rows;
  }

  /** No table is longer; how many rows there would be is said. */
  int rows() {
    return rows;
  }

  /** What it consists of, in order. */
  public List<SectionKind> sections() {
    return switch (this) {
      case EVIDENCE -> List.of(SectionKind.values());
      case LEAVERS -> List.of(SectionKind.LEAVERS);
      case OVERDUE -> List.of(SectionKind.OVERDUE);
    };
  }
}
