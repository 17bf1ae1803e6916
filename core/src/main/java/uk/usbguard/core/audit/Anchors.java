package uk.usbguard.core.audit;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import uk.usbguard.core.audit.AuditFinding.Kind;

/** Heads that were remembered or written down elsewhere: the log has to hold each of them. */
final class Anchors {

  private final List<AuditHead> open;

  Anchors(List<AuditHead> heads) {
    this.open = new ArrayList<>(heads);
  }

  /** An entry went by. */
  void met(String log, long number, String hash, Findings findings, String file, long line) {
    for (Iterator<AuditHead> heads = open.iterator(); heads.hasNext(); ) {
      AuditHead head = heads.next();
      if (head.entry() == number && isOf(log, head)) {
        heads.remove();
        if (!head.hash().equals(hash)) {
          findings.add(Kind.ROLLED_BACK, number, number, file, line);
        }
      }
    }
  }

  /** A log whose id cannot be read is a finding already, and not another log. */
  private static boolean isOf(String log, AuditHead head) {
    return log.isEmpty() || head.log().equals(log);
  }

  /** The log is at its end. */
  void finish(String log, long last, Findings findings, String file) {
    for (AuditHead head : open) {
      if (!isOf(log, head)) {
        findings.add(Kind.REPLACED, 1, head.entry(), file, 1);
      } else if (head.entry() > last) {
        findings.add(Kind.CUT_OFF, last + 1, head.entry(), file, 0);
      }
    }
  }
}
