package uk.usbguard.cli.render;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import uk.usbguard.cli.text.Printable;

/**
 * What a policy decided when the audit log recorded it.
 *
 * @param entry its number in the log
 * @param leftOut facts that it was decided on and that were too long to be recorded
 */
public record PolicyRecalled(
    long entry,
    Instant time,
    String host,
    String user,
    String action,
    @JsonUnwrapped PolicyExplained explained,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> leftOut)
    implements Report {

  /** Keeps its own copy. */
  public PolicyRecalled {
    leftOut = List.copyOf(leftOut);
  }

  @Override
  public String type() {
    return "policy-explain";
  }

  @Override
  public void print(Page page) {
    page.line(
        "policy.recorded",
        entry,
        page.texts().time(time),
        Printable.name(user),
        Printable.name(host),
        Printable.name(action));
    explained.print(page);
    if (!leftOut.isEmpty()) {
      page.line("policy.left-out", Printable.name(String.join(", ", leftOut)));
    }
  }
}
