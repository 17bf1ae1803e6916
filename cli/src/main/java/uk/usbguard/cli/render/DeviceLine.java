package uk.usbguard.cli.render;

import java.util.Locale;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.core.registry.Device;

/** One drive of a list. */
public record DeviceLine(
    String tag,
    String state,
    String identity,
    String serialQuality,
    String identityLevel,
    String owner,
    String manager,
    String organisation,
    String reviewDue)
    implements Report {

  /** What a list shows of an entry. */
  public static DeviceLine of(Device device) {
    var hardware = device.hardware();
    return new DeviceLine(
        device.tag().text(),
        label(device.state()),
        hardware.identity().key(),
        label(hardware.identity().serial().quality()),
        hardware.level().label(),
        device.holder().owner(),
        device.holder().manager(),
        device.holder().organisation(),
        device.justification().reviewDue().toString());
  }

  @Override
  public String type() {
    return "device";
  }

  @Override
  public void print(Page page) {
    String weak =
        serialQuality.equals("unique") ? "" : " (" + page.texts().get("serial-weak") + ")";
    page.line(
        "device.line",
        Printable.name(tag),
        page.texts().get("state." + state),
        Printable.name(owner),
        Printable.name(organisation),
        Printable.name(identity) + weak,
        identityLevel);
  }

  static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
