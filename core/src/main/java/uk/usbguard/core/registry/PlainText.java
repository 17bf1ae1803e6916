package uk.usbguard.core.registry;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Text as the register takes it: any script, no control characters, nothing that turns the reading
 * direction, never longer than allowed.
 */
final class PlainText {

  private PlainText() {}

  /** The text without blanks around it; refused if nothing is left. */
  static String required(Field field, String text) throws RegisterRefusedException {
    String plain = optional(field, text);
    if (plain.isEmpty()) {
      throw new RegisterRefusedException(Refusal.FIELD_MISSING, field.label());
    }
    return plain;
  }

  /** The text without blanks around it; may be empty. */
  static String optional(Field field, String text) throws RegisterRefusedException {
    return optional(field.label(), field.maxLength(), text);
  }

  /** For texts that are no field of an entry. */
  static String optional(String name, int maxLength, String text) throws RegisterRefusedException {
    if (text.length() > maxLength) {
      throw new RegisterRefusedException(
          Refusal.FIELD_TOO_LONG, name, Integer.toString(text.length()), "" + maxLength);
    }
    String plain = normal(text.strip(), Normalizer.Form.NFC);
    if (plain.length() > maxLength || !isPlain(plain)) {
      throw new RegisterRefusedException(Refusal.FIELD_NOT_PLAIN, name);
    }
    return plain;
  }

  /** No character that steers a terminal, breaks a line, turns it around or is half of a pair. */
  static boolean isPlain(String text) {
    return isPrintableAscii(text)
        || text.codePoints()
            .noneMatch(
                c ->
                    switch (Character.getType(c)) {
                      case Character.CONTROL,
                          Character.LINE_SEPARATOR,
                          Character.PARAGRAPH_SEPARATOR,
                          Character.SURROGATE ->
                          true;
                      case Character.FORMAT -> turnsDirection(c);
                      default -> false;
                    });
  }

  /** Whether there is a character in it that nobody sees. Some scripts need them, labels do not. */
  static boolean hasUnseen(String text) {
    return text.codePoints().anyMatch(c -> Character.getType(c) == Character.FORMAT);
  }

  /** The marks, embeddings, overrides and isolates of Unicode's bidirectional algorithm. */
  private static boolean turnsDirection(int c) {
    return c == 0x061C
        || c == 0x200E
        || c == 0x200F
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
  }

  /** The form in which names are compared and ordered, the same in every database. */
  static String key(String text) {
    return normal(text.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }

  /** Most texts are ASCII, which every form leaves as it is. */
  private static String normal(String text, Normalizer.Form form) {
    return isPrintableAscii(text) ? text : Normalizer.normalize(text, form);
  }

  private static boolean isPrintableAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }

  /** Whether two texts name the same person or thing. */
  static boolean same(String one, String other) {
    return key(one).equals(key(other));
  }
}
