package uk.usbguard.cli.render;

import java.time.Instant;
import uk.usbguard.cli.text.Printable;

/** Which backup is now the register. */
public record RegisterRestored(String register, String backup, Instant madeAt) implements Report {

  @Override
  public String type() {
    return "device-restore";
  }

  @Override
  public void print(Page page) {
    page.line("device.restored", Printable.name(register), page.texts().time(madeAt));
  }
}
