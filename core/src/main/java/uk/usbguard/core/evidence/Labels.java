package uk.usbguard.core.evidence;

import java.util.Locale;
import uk.usbguard.core.registry.Device;

/** How enums are called in reports. */
final class Labels {

  private Labels() {}

  static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Value word(Enum<?> value, String kind) {
    return Value.word(kind, of(value));
  }

  static Value state(Device device) {
    return word(device.state(), "state");
  }
}
