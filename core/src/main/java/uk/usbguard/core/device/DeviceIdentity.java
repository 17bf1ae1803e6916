package uk.usbguard.core.device;

/**
 * Which device this says it is: model and serial number. Two devices with equal identities cannot
 * be told apart by what they say; a device with an unusable serial not even from others of its
 * model.
 */
public record DeviceIdentity(UsbId model, SerialNumber serial) {

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
    if (!isKey(key)) {
      throw new IllegalArgumentException("not VVVV:PPPP:SERIAL");
    }
    String serial = key.length() > UsbId.TEXT_LENGTH ? key.substring(UsbId.TEXT_LENGTH + 1) : "";
    return of(UsbId.parse(key.substring(0, UsbId.TEXT_LENGTH)), serial);
  }

  /** True if {@link #parse} would take it, whatever the length of the serial. */
  public static boolean isKey(String text) {
    return UsbId.isId(text)
        && (text.length() == UsbId.TEXT_LENGTH || text.charAt(UsbId.TEXT_LENGTH) == ':');
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
