package uk.usbguard.cli.render;

/** What became of a file of drives. */
public record DeviceImport(
    long added, long unchanged, long leftOut, long sharedIdentities, long weakSerials)
    implements Report {

  @Override
  public String type() {
    return "device-import";
  }

  @Override
  public void print(Page page) {
    var texts = page.texts();
    page.line(
        "device.imported",
        texts.number(added),
        texts.number(unchanged),
        texts.number(leftOut),
        texts.number(sharedIdentities),
        texts.number(weakSerials));
  }
}
