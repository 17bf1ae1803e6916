package uk.usbguard.core.device;

import java.util.HexFormat;

/**
 * Vendor and product number of a USB device: says which model it claims to be. Plain firmware data,
 * changed by anybody: never proof of anything.
 *
 * @param vendor 0 ... 0xFFFF
 * @param product 0 ... 0xFFFF
 */
public record UsbId(int vendor, int product) {

  private static final int MAX = 0xFFFF;

  /** {@code VVVV:PPPP}. */
  static final int TEXT_LENGTH = 9;

  private static final int COLON = 4;

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
    if (!isId(text) || text.length() != TEXT_LENGTH) {
      throw new IllegalArgumentException("not VVVV:PPPP in hexadecimal");
    }
    return new UsbId(
        HexFormat.fromHexDigits(text, 0, COLON),
        HexFormat.fromHexDigits(text, COLON + 1, TEXT_LENGTH));
  }

  /** True if it begins with what {@link #parse} takes. */
  static boolean isId(String text) {
    if (text.length() < TEXT_LENGTH || text.charAt(COLON) != ':') {
      return false;
    }
    for (int i = 0; i < TEXT_LENGTH; i++) {
      if (i != COLON && !HexFormat.isHexDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** The form of lsusb: four hexadecimal digits, a colon, four digits. */
  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits((short) vendor) + ":" + hex.toHexDigits((short) product);
  }
}
