package uk.usbguard.cli.render;

import uk.usbguard.cli.text.Printable;

/**
 * What compacting gained.
 *
 * @param interrupted whether it was stopped before it had gained all there is
 */
public record Compacted(String container, long bytesBefore, long bytesAfter, boolean interrupted)
    implements Report {

  @Override
  public String type() {
    return "compact";
  }

  @Override
  public void print(Page page) {
    var texts = page.texts();
    page.line(
        "compact.done", Printable.name(container), texts.size(bytesBefore), texts.size(bytesAfter));
  }
}
