package uk.usbguard.core.device;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What one interface of a device says it is: class, subclass and protocol as USB-IF numbers them.
 *
 * @param base class, 0 ... 0xFF; 08 is mass storage
 * @param sub subclass, 0 ... 0xFF
 * @param protocol 0 ... 0xFF; of mass storage, 50 is BOT and 62 is UAS
 */
public record InterfaceClass(int base, int sub, int protocol)
    implements Comparable<InterfaceClass> {

  private static final int MAX = 0xFF;
  private static final Pattern TEXT =
      Pattern.compile("([0-9a-fA-F]{2})/([0-9a-fA-F]{2})/([0-9a-fA-F]{2})");

  /** Refuses numbers that do not fit into 8 bits. */
  public InterfaceClass {
    if ((base | sub | protocol) < 0 || base > MAX || sub > MAX || protocol > MAX) {
      throw new IllegalArgumentException("interface " + base + "/" + sub + "/" + protocol);
    }
  }

  /**
   * Reads {@code 08/06/50}.
   *
   * @throws IllegalArgumentException if it is not that
   */
  public static InterfaceClass parse(String text) {
    var matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not CC/SS/PP in hexadecimal");
    }
    return new InterfaceClass(
        Integer.parseInt(matcher.group(1), 16),
        Integer.parseInt(matcher.group(2), 16),
        Integer.parseInt(matcher.group(3), 16));
  }

  @Override
  public int compareTo(InterfaceClass other) {
    return Integer.compare(number(), other.number());
  }

  /** Three times two hexadecimal digits: {@code 08/06/50}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%02x/%02x/%02x", base, sub, protocol);
  }

  private int number() {
    return (base << 16) | (sub << 8) | protocol;
  }
}
