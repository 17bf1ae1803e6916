package uk.usbguard.cli.render;

import org.jspecify.annotations.Nullable;
import uk.usbguard.cli.text.Printable;

/**
 * A slot that was filled.
 *
 * @param recoveryKey the new key if it is to be in the result
 */
public record KeyAdded(
    String container,
    String slotType,
    int slot,
    @Nullable ShownSecret recoveryKey,
    @Nullable String recoverySheet)
    implements Report {

  @Override
  public String type() {
    return "key-add";
  }

  @Override
  public void print(Page page) {
    page.line(
        "key-add.done", page.texts().get("slot." + slotType), slot, Printable.name(container));
    if (recoverySheet != null) {
      page.line("encrypt.sheet", Printable.name(recoverySheet));
    }
  }
}
