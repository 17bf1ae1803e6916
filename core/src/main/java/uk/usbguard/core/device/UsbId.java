package uk.usbguard.core.device;

import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Vendor and product number of a USB device: says which model it claims to be. Plain firmware data,
 * changed by anybody: never proof of anything.
 *
 * @param vendor 0 ... 0xFFFF
 * @param product 0 ... 0xFFFF
 */
public record UsbId(int vendor, int product) {

  private static final int MAX = 0xFFFF;
  private static final Pattern TEXT = Pattern.compile("([0-9a-fA-F]{4}):([0-9a-fA-F]{4})");

  /** Refuses numbers that do not fit into 16 bits. */
  public UsbId {
    if (vendor < 0 || vendor > MAX || product < 0 || product > MAX) {
      throw new IllegalArgumentException("vendor " + vendor + ", product " + product);
    }
  }

  /**
   * Reads the form of lsusb, {@code 0951:1666}.
   *
   * @throws IllegalArgumentException if it is not that
   */
  public static UsbId parse(String text) {
    var matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not VVVV:PPPP in hexadecimal");
    }
    return new UsbId(
        Integer.parseInt(matcher.group(1), 16), Integer.parseInt(matcher.group(2), 16));
  }

  /** The form of lsusb: four hexadecimal digits, a colon, four digits. */
  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits((short) vendor) + ":" + hex.toHexDigits((short) product);
  }
}
