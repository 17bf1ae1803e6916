package uk.usbguard.cli.render;

import uk.usbguard.cli.text.Printable;

/** A drive of a file that was not taken. */
public record DeviceLeftOut(long line, String tag, String message) implements Report {

  @Override
  public String type() {
    return "device-left-out";
  }

  @Override
  public void print(Page page) {
    page.line("device.left-out", line, Printable.name(tag), message);
  }
}
