package uk.usbguard.core.audit;

import java.util.ArrayList;
import java.util.List;
import uk.usbguard.core.audit.AuditFinding.Kind;

/** Collects what is wrong; a hostile log cannot make it grow without bounds. */
final class Findings {

  private final List<AuditFinding> list = new ArrayList<>();
  private long count;

  void add(Kind kind, long first, long last, String file, long line) {
    count++;
    if (list.size() < AuditReport.MOST_FINDINGS) {
      list.add(new AuditFinding(kind, first, last, file, line));
    }
  }

  List<AuditFinding> list() {
    return List.copyOf(list);
  }

  long count() {
    return count;
  }
}
