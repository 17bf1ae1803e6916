package uk.usbguard.core.nio;

import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Locale;
import java.util.regex.Pattern;

/** Matches paths as a whole, in the way in which they are written. */
record EntryPathMatcher(Pattern pattern) implements PathMatcher {

  /** Reads {@code glob:...} or {@code regex:...}. */
  static EntryPathMatcher of(String syntaxAndPattern) {
    int colon = syntaxAndPattern.indexOf(':');
    if (colon <= 0) {
      throw new IllegalArgumentException("no syntax in front");
    }
    String pattern = syntaxAndPattern.substring(colon + 1);
    return switch (syntaxAndPattern.substring(0, colon).toLowerCase(Locale.ROOT)) {
      case "glob" -> new EntryPathMatcher(GlobPattern.compile(pattern));
      case "regex" -> new EntryPathMatcher(GlobPattern.matching(pattern));
      default -> throw new UnsupportedOperationException("syntax of the pattern");
    };
  }

  @Override
  public boolean matches(Path path) {
    return pattern.matcher(GlobPattern.normal(path.toString())).matches();
  }
}
