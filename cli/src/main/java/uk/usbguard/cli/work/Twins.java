package uk.usbguard.cli.work;

import java.util.regex.Pattern;

/** Other names for entries whose own name is taken. */
final class Twins {

  private static final Pattern NUMBERED =
      Pattern.compile(".* \\([0-9]+\\)(\\.[^.]*)?", Pattern.DOTALL);

  private Twins() {}

  /** Whether a name looks as if {@link #name} had made it. */
  static boolean isNumbered(String name) {
    return NUMBERED.matcher(name).matches();
  }

  /** The name itself for 1, {@code letter (2).doc} for 2 and so on. */
  static String name(String name, int number) {
    if (number == 1) {
      return name;
    }
    int dot = name.lastIndexOf('.');
    int end = dot <= 0 ? name.length() : dot;
    return name.substring(0, end) + " (" + number + ")" + name.substring(end);
  }
}
