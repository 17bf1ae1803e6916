package uk.usbguard.core.policy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalInt;
import uk.usbguard.core.policy.PolicyProblem.Kind;
import uk.usbguard.core.policy.PolicyProblem.Position;

/**
 * Text of a policy: UTF-8, capped, and without characters that an editor shows otherwise than the
 * program reads them (control characters, marks that turn the reading direction).
 */
final class PlainText {

  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final int REPLACEMENT = 0xFFFD;

  private PlainText() {}

  /** The file as text, without the mark that some editors put before UTF-8. */
  static String of(byte[] file) throws InvalidPolicyException {
    if (file.length > YamlReader.LARGEST) {
      throw YamlReader.refused(
          Position.FILE, Kind.TOO_LARGE, String.valueOf(YamlReader.LARGEST / (1024 * 1024)));
    }
    String text = decoded(file);
    if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
      text = text.substring(1);
    }
    if (text.isBlank()) {
      throw YamlReader.refused(Position.FILE, Kind.EMPTY);
    }
    check(text);
    return text;
  }

  /** True if nothing in it deceives the eye. */
  static boolean isHonest(String text) {
    return deceiving(text).isEmpty();
  }

  /** The first character that deceives the eye. */
  static OptionalInt deceiving(String text) {
    return text.codePoints().filter(PlainText::deceives).findFirst();
  }

  /** What Unicode calls the character by number. */
  static String named(int character) {
    return String.format(Locale.ROOT, "U+%04X", character);
  }

  /** The text, with what deceives the eye, and half characters, as U+FFFD. */
  static String honest(String text) {
    StringBuilder honest = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> deceives(c) || Character.getType(c) == Character.SURROGATE ? REPLACEMENT : c)
        .forEach(honest::appendCodePoint);
    return honest.toString();
  }

  private static void check(String text) throws InvalidPolicyException {
    int line = 1;
    int column = 1;
    for (int i = 0; i < text.length(); i++) {
      int c = text.codePointAt(i);
      if (deceives(c)) {
        throw YamlReader.refused(new Position(line, column), Kind.CONTROL_CHARACTER, named(c));
      }
      column = c == '\n' ? 1 : column + 1;
      line = c == '\n' ? line + 1 : line;
    }
  }

  private static boolean deceives(int c) {
    if ((c >= ' ' && c < 0x7F) || c == '\n' || c == '\r' || c == '\t') {
      return false;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static String decoded(byte[] file) throws InvalidPolicyException {
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer bytes = ByteBuffer.wrap(file);
    try {
      return decoder.decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw notUtf8(file, bytes.position());
    }
  }

  private static InvalidPolicyException notUtf8(byte[] file, int offset) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < offset; i++) {
      column = file[i] == '\n' ? 1 : column + 1;
      line = file[i] == '\n' ? line + 1 : line;
    }
    return YamlReader.refused(new Position(line, column), Kind.NOT_UTF8);
  }
}
