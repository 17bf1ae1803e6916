package uk.usbguard.core.evidence;

import java.util.List;
import java.util.Locale;

/**
 * The parts of a report.
 *
 * <p>Numbers are those of the Data Security and Protection Toolkit, version 8, and of the NCSC's
 * Cyber Assessment Framework 3.2.
 */
public enum SectionKind {
  REGISTER(Coverage.RECORDED, "DSPT 1.1.2", "CAF B3.d"),
  SPOT_CHECKS(Coverage.RECORDED, "DSPT 1.3.2"),
  LEAVERS(Coverage.PARTLY, "DSPT 4.2.4"),
  ADMIN_LOG(Coverage.PARTLY, "DSPT 4.4.1"),
  WORKAROUNDS(Coverage.PARTLY, "DSPT 5.1.1"),
  INCIDENTS(Coverage.PARTLY, "DSPT 6.1.1-6.1.3"),
  ENCRYPTION(Coverage.RECORDED, "DSPT 9.5.2", "CAF B3.d"),
  OVERDUE(Coverage.RECORDED, "CAF B3.d"),
  POLICY(Coverage.RECORDED, "CAF B3.d"),
  SANITISATION(Coverage.RECORDED, "CAF B3.e");

  /** How much of what a standard asks for the program knows. */
  public enum Coverage {
    RECORDED,
    PARTLY
  }

  private final Coverage coverage;
  private final String items;

  SectionKind(Coverage coverage, String... items) {
    this.coverage = coverage;
    this.items = String.join(";", items);
  }

  /** Whether there is more to show than the program knows. */
  public Coverage coverage() {
    return coverage;
  }

  /** What it answers to. */
  public List<String> items() {
    return List.of(items.split(";", -1));
  }

  /** As in JSON, names of files and keys of texts: {@code spot-checks}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
