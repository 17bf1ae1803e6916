package uk.usbguard.cli.render;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.core.audit.AuditHead;
import uk.usbguard.core.audit.AuditReport;

/** The newest entry of a log: what to keep elsewhere. */
public record AuditHeadLine(String folder, boolean sound, @Nullable String head) implements Report {

  public static AuditHeadLine of(Path folder, AuditReport report) {
    return new AuditHeadLine(
        folder.toString(), report.isSound(), report.head().map(AuditHead::toString).orElse(null));
  }

  @Override
  public String type() {
    return "audit-head";
  }

  @Override
  public void print(Page page) {
    page.plain(head == null ? "" : head);
    if (!sound) {
      page.line("audit.head-not-sound", Printable.name(folder));
    }
  }
}
