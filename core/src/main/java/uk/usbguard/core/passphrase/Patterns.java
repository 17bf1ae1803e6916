package uk.usbguard.core.passphrase;

import java.util.List;

/** Repetition and runs: what makes a phrase longer without making it harder to guess. */
final class Patterns {

  /** The shortest run that counts as one piece. */
  static final int SHORTEST_RUN = 3;

  private static final int LARGEST_STEP = 2;

  // British, American, German and French rows with their shifted digits, then the slanted columns.
  private static final List<String> ROWS =
      List.of(
          "`1234567890-=",
          "\u00AC!\"\u00A3$%^&*()_+",
          "~!@#$%^&*()_+",
          "qwertyuiop[]",
          "asdfghjkl;'#",
          "\\zxcvbnm,./",
          "qwertzuiop",
          "yxcvbnm",
          "azertyuiop",
          "qsdfghjklm",
          "wxcvbn",
          "1qaz",
          "2wsx",
          "3edc",
          "4rfv",
          "5tgb",
          "6yhn",
          "7ujm",
          "8ik,",
          "9ol.",
          "0p;/");

  private Patterns() {}

  /**
   * The length of the part that the whole text repeats at least twice (the last time perhaps not to
   * its end), or the length of the text if it repeats nothing.
   */
  static int unitLength(FoldedText text) {
    for (int unit = 1; unit <= text.length() / 2; unit++) {
      int i = unit;
      while (i < text.length() && text.at(i) == text.at(i - unit)) {
        i++;
      }
      if (i == text.length()) {
        return unit;
      }
    }
    return text.length();
  }

  /**
   * Where the longest run that begins at the start ends (exclusive); the start if there is none.
   */
  static int endOfRun(FoldedText text, int start) {
    int end = start;
    for (int step = -LARGEST_STEP; step <= LARGEST_STEP; step++) {
      end = Math.max(end, endOfSteps(text, start, step));
    }
    for (String row : ROWS) {
      end = Math.max(end, endOfRow(text, start, row, 1));
      end = Math.max(end, endOfRow(text, start, row, -1));
    }
    return end - start >= SHORTEST_RUN ? end : start;
  }

  private static int endOfSteps(FoldedText text, int start, int step) {
    int end = start + 1;
    while (end < text.length() && follows(text.at(end - 1), text.at(end), step)) {
      end++;
    }
    return end;
  }

  private static boolean follows(int before, int after, int step) {
    if (step == 0) {
      return before == after;
    }
    if (isIn('0', 10, before) && isIn('0', 10, after)) {
      return Math.floorMod(before - '0' + step, 10) == after - '0';
    }
    if (isIn('a', 26, before) && isIn('a', 26, after)) {
      return Math.floorMod(before - 'a' + step, 26) == after - 'a';
    }
    return after - before == step && Character.isLetter(before) && Character.isLetter(after);
  }

  private static boolean isIn(char first, int count, int codePoint) {
    return codePoint >= first && codePoint < first + count;
  }

  private static int endOfRow(FoldedText text, int start, String row, int direction) {
    int key = row.indexOf(text.at(start));
    int end = start;
    while (end < text.length()
        && key >= 0
        && key < row.length()
        && row.charAt(key) == text.at(end)) {
      end++;
      key += direction;
    }
    return end;
  }
}
