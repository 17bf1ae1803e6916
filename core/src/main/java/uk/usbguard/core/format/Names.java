package uk.usbguard.core.format;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * Names of files and folders: which are valid, and which are the same name. Two names are the same
 * if they fold alike; the mapping is Unicode's full one and does not depend on a locale.
 */
public final class Names {

  /** Why a name is not valid. */
  public enum Problem {
    /** It has no characters. */
    EMPTY,
    /** It is "." or "..". */
    DOTS,
    /** It holds "/". */
    SLASH,
    /** It holds NUL. */
    NUL,
    /** It holds half of a surrogate pair, which UTF-8 cannot hold. */
    LONE_SURROGATE,
    /** It takes more than 1,024 bytes. */
    TOO_LONG,
    /** Folded, it takes more than 1,536 bytes. */
    TOO_LONG_FOLDED
  }

  private static final int ASCII_END = 0x80;

  private Names() {}

  /** The name in NFC, as it is compared. */
  public static String normalise(String name) {
    return isAscii(name) ? name : Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  /** What is compared: NFC(lowercase(uppercase(NFC(name)))). */
  public static String fold(String name) {
    if (isAscii(name)) {
      return name.toLowerCase(Locale.ROOT);
    }
    return normalise(normalise(name).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
  }

  /** Why the name, once normalised, is not valid; empty if it is. */
  public static Optional<Problem> check(String name) {
    String normal = normalise(name);
    if (normal.isEmpty()) {
      return Optional.of(Problem.EMPTY);
    }
    if (normal.equals(".") || normal.equals("..")) {
      return Optional.of(Problem.DOTS);
    }
    if (normal.indexOf('/') >= 0) {
      return Optional.of(Problem.SLASH);
    }
    if (normal.indexOf('\0') >= 0) {
      return Optional.of(Problem.NUL);
    }
    int length = utf8Length(normal);
    if (length < 0) {
      return Optional.of(Problem.LONE_SURROGATE);
    }
    if (length > IndexLimits.NAME || utf8Length(name) > IndexLimits.NAME) {
      return Optional.of(Problem.TOO_LONG);
    }
    return foldsTooLong(normal, length) ? Optional.of(Problem.TOO_LONG_FOLDED) : Optional.empty();
  }

  /** Length in UTF-8, or -1 if there is half of a surrogate pair. */
  static int utf8Length(String text) {
    int length = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ASCII_END) {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        length += 2;
        i++;
      } else if (Character.isSurrogate(c)) {
        return -1;
      } else {
        length += c < 0x800 ? 1 : 2;
      }
    }
    return length;
  }

  // One UTF-8 byte never folds to more than three: below a third of the cap nothing has to be
  // tried.
  private static boolean foldsTooLong(String normal, int length) {
    return length > IndexLimits.FOLDED_NAME / 3
        && utf8Length(fold(normal)) > IndexLimits.FOLDED_NAME;
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= ASCII_END) {
        return false;
      }
    }
    return true;
  }
}
