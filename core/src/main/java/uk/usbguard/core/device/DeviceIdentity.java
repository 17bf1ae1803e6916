package uk.usbguard.core.device;

import java.util.regex.Pattern;

/**
 * Which device this says it is: model and serial number. Two devices with equal identities cannot
 * be told apart by what they say; a device with an unusable serial not even from others of its
 * model.
 */
public record DeviceIdentity(UsbId model, SerialNumber serial) {

  private static final Pattern KEY =
      Pattern.compile("([0-9A-Fa-f]{4}:[0-9A-Fa-f]{4})(?::(.*))?", Pattern.DOTALL);

  /** The identity that model and serial, as reported, amount to. */
  public static DeviceIdentity of(UsbId model, String reportedSerial) {
    return new DeviceIdentity(model, SerialNumber.of(reportedSerial));
  }

  /**
   * Reads {@code VVVV:PPPP:SERIAL}, or {@code VVVV:PPPP} for a device without a serial. The serial
   * may be in any form that {@link SerialNumber#of} takes.
   *
   * @throws IllegalArgumentException if it is not that
   */
  public static DeviceIdentity parse(String key) {
    var matcher = KEY.matcher(key);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not VVVV:PPPP:SERIAL");
    }
    String serial = matcher.group(2);
    return of(UsbId.parse(matcher.group(1)), serial == null ? "" : serial);
  }

  /** True if {@link #parse} would take it, whatever the length of the serial. */
  public static boolean isKey(String text) {
    return KEY.matcher(text).matches();
  }

  /**
   * The form in which identities are stored and looked up: {@code VVVV:PPPP:SERIAL}. Unambiguous,
   * because the first two have fixed widths.
   */
  public String key() {
    return model + ":" + serial.text();
  }

  /** The level that this alone reaches: never more than {@link IdentityLevel#SERIAL}. */
  public IdentityLevel level() {
    return serial.quality().isUsable() ? IdentityLevel.SERIAL : IdentityLevel.MODEL;
  }
}
