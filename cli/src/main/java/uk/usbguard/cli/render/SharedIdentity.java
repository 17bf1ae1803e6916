package uk.usbguard.cli.render;

import java.util.List;
import uk.usbguard.cli.text.Printable;

/** Several drives in use that say they are the same one. */
public record SharedIdentity(String identity, List<String> tags) implements Report {

  @Override
  public String type() {
    return "shared-identity";
  }

  @Override
  public void print(Page page) {
    page.line("device.shared", Printable.name(identity), Printable.name(String.join(", ", tags)));
  }
}
