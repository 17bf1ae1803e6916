package uk.usbguard.core.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A condition on names: any of a list, of which some may stand for everything that begins so. An
 * empty list is no condition. There is no "not": whoever means that writes an earlier rule.
 */
final class Names {

  static final Names ANY = new Names(List.of());

  private final List<Pattern> patterns;
  private final Set<String> exact = new HashSet<>();
  private final List<String> beginnings = new ArrayList<>();

  Names(List<Pattern> patterns) {
    this.patterns = List.copyOf(patterns);
    for (Pattern one : patterns) {
      if (one.isBeginning()) {
        beginnings.add(one.text());
      } else {
        exact.add(one.text());
      }
    }
  }

  /**
   * One name, or all that begin so.
   *
   * @param text folded so that names which mean the same are equal
   */
  record Pattern(String text, boolean isBeginning) {}

  boolean isAny() {
    return patterns.isEmpty();
  }

  List<Pattern> patterns() {
    return patterns;
  }

  boolean matchesOneOf(Collection<String> values) {
    if (isAny()) {
      return true;
    }
    for (String value : values) {
      if (exact.contains(value) || beginsSo(value)) {
        return true;
      }
    }
    return false;
  }

  /** True if all names that fit the pattern fit this. */
  boolean covers(Pattern pattern) {
    return isAny()
        || (!pattern.isBeginning() && exact.contains(pattern.text()))
        || beginsSo(pattern.text());
  }

  /** How much work {@link #covers} is, in looks at one name. */
  int stepsToCover() {
    return 1 + beginnings.size();
  }

  private boolean beginsSo(String value) {
    for (String beginning : beginnings) {
      if (value.startsWith(beginning)) {
        return true;
      }
    }
    return false;
  }
}
