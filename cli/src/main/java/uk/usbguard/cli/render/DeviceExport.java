package uk.usbguard.cli.render;

import uk.usbguard.cli.text.Printable;

/** Drives that were written to a file. */
public record DeviceExport(String file, long devices) implements Report {

  @Override
  public String type() {
    return "device-export-done";
  }

  @Override
  public void print(Page page) {
    page.line("device.exported", page.texts().number(devices), Printable.name(file));
  }
}
