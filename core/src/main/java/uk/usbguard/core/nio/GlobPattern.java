package uk.usbguard.core.nio;

import java.text.Normalizer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Translates the globs of {@link java.nio.file.FileSystem#getPathMatcher} into regular expressions:
 * {@code *} and {@code ?} stay within a name, {@code **} does not.
 */
final class GlobPattern {

  private static final String SPECIAL_IN_REGEX = ".^$+{[]|()";
  private static final String WITHIN_A_NAME = "[^/]";

  private final String glob;
  private final StringBuilder regex = new StringBuilder();
  private int at;
  private boolean inGroup;

  private GlobPattern(String glob) {
    this.glob = glob;
  }

  /** A pattern for whole paths. Upper and lower case are the same, as in the container. */
  static Pattern compile(String glob) {
    return matching(new GlobPattern(normal(glob)).translate());
  }

  /** The pattern of a regular expression, matched in the same way. */
  static Pattern matching(String regex) {
    return Pattern.compile(
        normal(regex), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
  }

  /** Text as patterns see it: one accent can be written in two ways. */
  static String normal(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  private String translate() {
    while (at < glob.length()) {
      char c = glob.charAt(at++);
      switch (c) {
        case '\\' -> literal(escaped());
        case '*' -> star();
        case '?' -> regex.append(WITHIN_A_NAME);
        case '[' -> bracket();
        case '{' -> openGroup();
        case '}' -> closeGroup();
        case ',' -> regex.append(inGroup ? ")|(?:" : ",");
        default -> literal(c);
      }
    }
    if (inGroup) {
      throw wrong("'{' without '}'");
    }
    return regex.toString();
  }

  private char escaped() {
    if (at == glob.length()) {
      throw wrong("nothing behind '\\'");
    }
    return glob.charAt(at++);
  }

  private void literal(char c) {
    if (c == '\\' || c == '*' || c == '?' || c == '}' || SPECIAL_IN_REGEX.indexOf(c) >= 0) {
      regex.append('\\');
    }
    regex.append(c);
  }

  private void star() {
    if (at < glob.length() && glob.charAt(at) == '*') {
      at++;
      regex.append(".*");
    } else {
      regex.append(WITHIN_A_NAME).append('*');
    }
  }

  private void openGroup() {
    if (inGroup) {
      throw wrong("'{' within '{'");
    }
    inGroup = true;
    regex.append("(?:(?:");
  }

  private void closeGroup() {
    regex.append(inGroup ? "))" : "\\}");
    inGroup = false;
  }

  /** One character out of a set, which a slash is never in. */
  private void bracket() {
    regex.append('[').append(WITHIN_A_NAME).append("&&[");
    if (next() == '!') {
      regex.append('^');
      at++;
    }
    boolean first = true;
    while (first || next() != ']') {
      member();
      first = false;
    }
    at++;
    regex.append("]]");
  }

  private void member() {
    int low = memberCharacter();
    inSet(low);
    if (next() != '-' || (at + 1 < glob.length() && glob.charAt(at + 1) == ']')) {
      return;
    }
    at++;
    int high = memberCharacter();
    if (high < low) {
      throw wrong("a range that ends before it starts");
    }
    regex.append('-');
    inSet(high);
  }

  private int memberCharacter() {
    int c = glob.codePointAt(requireMore());
    if (c == '/') {
      throw wrong("'/' within '['");
    }
    at += Character.charCount(c);
    return c;
  }

  private void inSet(int codePoint) {
    if (codePoint < 0x80 && !Character.isLetterOrDigit(codePoint)) {
      regex.append('\\');
    }
    regex.appendCodePoint(codePoint);
  }

  private char next() {
    return glob.charAt(requireMore());
  }

  private int requireMore() {
    if (at == glob.length()) {
      throw wrong("'[' without ']'");
    }
    return at;
  }

  private PatternSyntaxException wrong(String what) {
    return new PatternSyntaxException(what, glob, at - 1);
  }
}
