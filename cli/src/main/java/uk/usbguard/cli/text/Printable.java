package uk.usbguard.cli.text;

/**
 * Names as they may be shown on a terminal. A name comes from a disk or a container that anybody
 * can have made: characters that steer a terminal or turn the reading direction are shown by
 * number.
 */
public final class Printable {

  private Printable() {}

  /**
   * The name, with what a terminal would obey instead of show replaced by {@code \}{@code u{...}}.
   */
  public static String name(String name) {
    int i = 0;
    while (i < name.length() && isPlain(name.charAt(i))) {
      i++;
    }
    if (i == name.length()) {
      return name;
    }
    StringBuilder shown = new StringBuilder(name.length() + 8).append(name, 0, i);
    name.codePoints().skip(name.codePointCount(0, i)).forEach(c -> append(shown, c));
    return shown.toString();
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c < 0x7F;
  }

  private static void append(StringBuilder shown, int codePoint) {
    switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          shown.append("\\u{").append(Integer.toHexString(codePoint)).append('}');
      default -> shown.appendCodePoint(codePoint);
    }
  }
}
