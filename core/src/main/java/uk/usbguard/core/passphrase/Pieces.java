package uk.usbguard.core.passphrase;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The fewest pieces that a text can be put together from, that is, how few things somebody had to
 * choose. A common word, a run and a single letter are one piece each.
 */
final class Pieces {

  /** More than any text has. */
  static final int IMPOSSIBLE = Integer.MAX_VALUE / 2;

  private static final String LIGHT_SEPARATORS = " -_.,/:+";

  private Pieces() {}

  /** With runs and single characters only; what commonly separates them is free. */
  static int ofRuns(FoldedText text) {
    int[] least = new int[text.length() + 1];
    Arrays.fill(least, IMPOSSIBLE);
    least[0] = 0;
    for (int i = 0; i < text.length(); i++) {
      boolean free = LIGHT_SEPARATORS.indexOf(text.at(i)) >= 0;
      relax(least, i + 1, least[i] + (free ? 0 : 1));
      int end = Patterns.endOfRun(text, i);
      for (int to = i + Patterns.SHORTEST_RUN; to <= end; to++) { // parts of runs are runs
        relax(least, to, least[i] + 1);
      }
    }
    return least[text.length()];
  }

  /**
   * With words: at each index the fewest digits left over when the text is made of so many pieces,
   * {@link #IMPOSSIBLE} if it cannot be. Context words and separators are no pieces. A text without
   * any word is impossible: bare digits and letters are not this method's to judge.
   */
  static int[] looseDigits(FoldedText text, WordSet common, WordSet context, int mostPieces) {
    int[][] unworded = table(mostPieces, text.length());
    int[][] worded = table(mostPieces, text.length());
    unworded[0][0] = 0;
    for (int i = 0; i < text.length(); i++) {
      BitSet names = context.endsOfWordsAt(text, i);
      BitSet words = common.endsOfWordsAt(text, i);
      int endOfRun = Patterns.endOfRun(text, i);
      for (int pieces = 0; pieces <= mostPieces; pieces++) {
        int digits = Math.min(unworded[pieces][i], worded[pieces][i]);
        if (digits < IMPOSSIBLE) {
          int[] same = worded[pieces];
          names.stream().forEach(end -> relax(same, end, digits));
          if (pieces < mostPieces) {
            int[] more = worded[pieces + 1];
            words.stream().forEach(end -> relax(more, end, digits));
          }
          relaxWithoutWord(text, i, endOfRun, unworded, pieces);
          relaxWithoutWord(text, i, endOfRun, worded, pieces);
        }
      }
    }
    return Arrays.stream(worded).mapToInt(row -> row[text.length()]).toArray();
  }

  private static void relaxWithoutWord(
      FoldedText text, int from, int endOfRun, int[][] table, int pieces) {
    int digits = table[pieces][from];
    boolean letter = Character.isLetter(text.at(from));
    if (!letter) {
      relax(table[pieces], from + 1, digits + (Character.isDigit(text.at(from)) ? 1 : 0));
    }
    if (pieces + 1 < table.length) {
      if (letter) {
        relax(table[pieces + 1], from + 1, digits);
      }
      for (int to = from + Patterns.SHORTEST_RUN; to <= endOfRun; to++) {
        relax(table[pieces + 1], to, digits);
      }
    }
  }

  private static int[][] table(int mostPieces, int length) {
    int[][] table = new int[mostPieces + 1][length + 1];
    for (int[] row : table) {
      Arrays.fill(row, IMPOSSIBLE);
    }
    return table;
  }

  private static void relax(int[] least, int index, int value) {
    least[index] = Math.min(least[index], value);
  }
}
