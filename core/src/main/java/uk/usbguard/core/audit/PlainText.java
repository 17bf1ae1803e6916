package uk.usbguard.core.audit;

/** Text that steers neither a terminal nor the order in which it is read. */
final class PlainText {

  private PlainText() {}

  /** Control, format (such as right-to-left marks) and lone surrogate characters become U+FFFD. */
  static String of(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints().forEach(c -> plain.appendCodePoint(isPlain(c) ? c : 0xFFFD));
    return plain.toString();
  }

  private static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
