package uk.usbguard.cli.text;

import java.util.Locale;
import java.util.OptionalLong;

/** Numbers of bytes, for people: KiB, MiB, GiB. */
public final class Sizes {

  private static final String UNITS = "KMGTPE";

  private Sizes() {}

  /** At most four digits and a unit: {@code 17 bytes}, {@code 1.5 MiB}, {@code 940 GiB}. */
  public static String format(long bytes, Locale locale) {
    if (bytes < 1024) {
      return bytes + (bytes == 1 ? " byte" : " bytes");
    }
    int unit = -1;
    double value = bytes;
    while (value >= 1024 && unit < UNITS.length() - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(
        locale, value < 100 ? "%.1f %siB" : "%.0f %siB", value, UNITS.charAt(unit));
  }

  /** Reads {@code 500}, {@code 64KiB}, {@code 4 GiB}; empty if it is no size or not a long. */
  public static OptionalLong parse(String text) {
    String compact = text.replace(" ", "").toUpperCase(Locale.ROOT);
    int shift = 0;
    if (compact.endsWith("IB") && compact.length() > 2) {
      int unit = UNITS.indexOf(compact.charAt(compact.length() - 3));
      if (unit < 0) {
        return OptionalLong.empty();
      }
      shift = 10 * (unit + 1);
      compact = compact.substring(0, compact.length() - 3);
    }
    try {
      long number = Long.parseLong(compact);
      return number < 0 || number > Long.MAX_VALUE >> shift
          ? OptionalLong.empty()
          : OptionalLong.of(number << shift);
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
