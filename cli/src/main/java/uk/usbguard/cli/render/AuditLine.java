package uk.usbguard.cli.render;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.core.audit.AuditRecord;

/** One event of the audit log. */
public record AuditLine(@JsonUnwrapped AuditRecord event) implements Report {

  @Override
  public String type() {
    return "audit-event";
  }

  @Override
  public void print(Page page) {
    List<String> about = new ArrayList<>();
    about.add(event.subject());
    add(about, event.id());
    add(about, event.name());
    add(about, event.device());
    add(about, event.deviceName());
    add(about, event.effect());
    add(about, event.rule());
    String given = event.reason();
    String reason = given == null ? "" : " (" + Printable.name(given) + ")";
    String person = event.actor();
    page.line(
        person == null ? "audit.line" : "audit.line-as",
        event.entry(),
        page.texts().time(event.time()),
        Printable.name(event.user()),
        Printable.name(event.host()),
        Printable.name(event.action()),
        Printable.name(event.result()) + reason,
        String.join(" ", about),
        person == null ? "" : Printable.name(person));
  }

  private static void add(List<String> about, @Nullable String text) {
    if (text != null) {
      about.add(Printable.name(text));
    }
  }
}
