package uk.usbguard.core.policy;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import uk.usbguard.core.device.DeviceIdentity;

/**
 * The devices that a policy names: one by its serial number, all of a model, or all of a vendor. In
 * the form of {@link DeviceIdentity#key}, so that the register and the policy mean the same.
 */
final class DevicePattern {

  private static final Pattern VENDOR = Pattern.compile("[0-9a-fA-F]{4}:\\*");
  private static final int MODEL_LENGTH = "0951:1666".length();

  private DevicePattern() {}

  /** Reads {@code 0951:1666:SERIAL}, {@code 0951:1666} or {@code 0951:*}; empty if it is none. */
  static Optional<Names.Pattern> of(String text) {
    if (text.endsWith("*") && VENDOR.matcher(text).matches()) {
      return Optional.of(new Names.Pattern(vendor(text).toLowerCase(Locale.ROOT), true));
    }
    if (text.length() == MODEL_LENGTH && DeviceIdentity.isKey(text)) {
      return Optional.of(new Names.Pattern(text.toLowerCase(Locale.ROOT) + ":", true));
    }
    try {
      DeviceIdentity identity = DeviceIdentity.parse(text);
      return identity.serial().isPresent()
          ? Optional.of(new Names.Pattern(identity.key(), false))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Where in a key the part ends that all devices of the model share. */
  static String model(String key) {
    return key.substring(0, 10);
  }

  /** Where in a key the part ends that all devices of the vendor share. */
  static String vendor(String key) {
    return key.substring(0, 5);
  }
}
