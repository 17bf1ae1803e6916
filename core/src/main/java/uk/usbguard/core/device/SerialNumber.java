package uk.usbguard.core.device;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A device's serial number, in the one form in which serials are compared: without blanks around
 * it, in upper case, without the unit number that Windows appends. Plain firmware data, changed by
 * anybody: never proof of anything.
 *
 * @param text the normal form; empty if there is none
 * @param quality what it is good for
 */
public record SerialNumber(String text, SerialQuality quality) {

  /** No device has more: a string descriptor holds 126 UTF-16 units. */
  public static final int MAX_LENGTH = 126;

  /** There is none. */
  public static final SerialNumber NONE = new SerialNumber("", SerialQuality.MISSING);

  /** Below this it is no serial but a counter. */
  private static final int USEFUL_LENGTH = 8;

  /** USBSTOR's form of a serial: the logical unit follows. */
  private static final Pattern WITH_UNIT = Pattern.compile("([^&]{8,})&[0-9A-F]{1,2}");

  /** Refuses what {@link #of} would not have made. */
  public SerialNumber {
    if (text.length() > MAX_LENGTH || quality != judge(text)) {
      throw new IllegalArgumentException("serial of " + text.length() + " units, " + quality);
    }
  }

  /**
   * Takes what a device, an operating system or a spreadsheet says.
   *
   * @throws IllegalArgumentException if it is longer than any device's
   */
  public static SerialNumber of(String reported) {
    if (reported.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("serial of " + reported.length() + " units");
    }
    String text = trim(reported);
    if (!isPrintable(text)) { // what is printable ASCII is normal
      text = Normalizer.normalize(text, Normalizer.Form.NFC);
    }
    text = text.toUpperCase(Locale.ROOT);
    if (text.indexOf('&') >= 0) {
      var withUnit = WITH_UNIT.matcher(text);
      text = withUnit.matches() ? withUnit.group(1) : text;
    }
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("serial of " + text.length() + " units in upper case");
    }
    return text.isEmpty() ? NONE : new SerialNumber(text, judge(text));
  }

  /** True if there is one, of whatever quality. */
  public boolean isPresent() {
    return !text.isEmpty();
  }

  private static SerialQuality judge(String text) {
    if (text.isEmpty()) {
      return SerialQuality.MISSING;
    }
    if (!isPrintable(text) || text.indexOf(',') >= 0) {
      return SerialQuality.UNPRINTABLE;
    }
    if (text.length() > 1 && text.charAt(1) == '&') { // Windows' stand-in for a missing serial
      return SerialQuality.INVENTED;
    }
    if (text.length() < USEFUL_LENGTH) {
      return SerialQuality.SHORT;
    }
    if (isRepeated(text)) {
      return SerialQuality.REPEATED;
    }
    return isSequence(text) ? SerialQuality.SEQUENCE : SerialQuality.UNIQUE;
  }

  private static boolean isPrintable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < 0x20 || text.charAt(i) > 0x7F) {
        return false;
      }
    }
    return true;
  }

  private static boolean isRepeated(String text) {
    for (int i = 1; i < text.length(); i++) {
      if (text.charAt(i) != text.charAt(0)) {
        return false;
      }
    }
    return true;
  }

  /** Every digit one more, or one less, than the one before; F and 9 may be followed by 0. */
  private static boolean isSequence(String text) {
    boolean up = true;
    boolean down = true;
    for (int i = 1; i < text.length(); i++) {
      int before = Character.digit(text.charAt(i - 1), 36);
      int here = Character.digit(text.charAt(i), 36);
      boolean digits = before >= 0 && here >= 0;
      up &= digits && (here == before + 1 || (here == 0 && isLastDigit(before)));
      down &= digits && (before == here + 1 || (before == 0 && isLastDigit(here)));
    }
    return up || down;
  }

  private static boolean isLastDigit(int digit) {
    return digit == 9 || digit == 15;
  }

  /** Blanks and the NULs that some firmware pads with. */
  private static String trim(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && text.charAt(from) <= ' ') {
      from++;
    }
    while (to > from && text.charAt(to - 1) <= ' ') {
      to--;
    }
    return text.substring(from, to);
  }
}
