package uk.usbguard.core.passphrase;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * A phrase as the rules look at it: code points in lower case without accents. It is never a
 * String, and it is wiped when closed.
 */
final class FoldedText implements AutoCloseable {

  /** What stands for a letter: pairs of a character and the letter it looks like. */
  private static final String LOOKS_LIKE = "0o1i1l3e4a5s7t8b9g@a$s!i|l+t(c\u20ACe\u00A3e";

  private final int[] codePoints;

  private FoldedText(int[] codePoints) {
    this.codePoints = codePoints;
  }

  /** From valid UTF-8, as a passphrase lends it. */
  static FoldedText ofUtf8(byte[] utf8) {
    int[] decoded = new int[utf8.length];
    int length = 0;
    int i = 0;
    while (i < utf8.length) {
      int lead = utf8[i] & 0xFF;
      int more = lead < 0x80 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
      int codePoint = more == 0 ? lead : lead & (0x3F >> more);
      for (int k = 1; k <= more; k++) {
        codePoint = (codePoint << 6) | (utf8[i + k] & 0x3F);
      }
      decoded[length++] = fold(codePoint);
      i += 1 + more;
    }
    int[] exact = Arrays.copyOf(decoded, length);
    Arrays.fill(decoded, 0);
    return new FoldedText(exact);
  }

  /** Words that are no secret, such as names, folded in the same way. */
  static String fold(String word) {
    int[] folded =
        Normalizer.normalize(word, Normalizer.Form.NFC)
            .codePoints()
            .map(FoldedText::fold)
            .toArray();
    return new String(folded, 0, folded.length);
  }

  private static int fold(int codePoint) {
    int lower = Character.toLowerCase(codePoint);
    if (lower < 0xC0) {
      return lower;
    }
    // A String of one character of the phrase, not of the phrase.
    return Normalizer.normalize(Character.toString(lower), Normalizer.Form.NFD).codePointAt(0);
  }

  int length() {
    return codePoints.length;
  }

  int at(int index) {
    return codePoints[index];
  }

  boolean isLetter(int index) {
    return Character.isLetter(codePoints[index]);
  }

  /** Whether at least every second character of the part is a letter. */
  boolean isMostlyLetters(int start, int end) {
    int letters = 0;
    for (int i = start; i < end; i++) {
      letters += isLetter(i) ? 1 : 0;
    }
    return 2 * letters >= end - start;
  }

  /** Tells the character at the index and each letter that it is commonly written for. */
  void readings(int index, IntConsumer reading) {
    int actual = codePoints[index];
    reading.accept(actual);
    for (int i = 0; i < LOOKS_LIKE.length(); i += 2) {
      if (LOOKS_LIKE.charAt(i) == actual) {
        reading.accept(LOOKS_LIKE.charAt(i + 1));
      }
    }
  }

  /** Whether the code point can only separate words: no letter, no digit, nothing like a letter. */
  static boolean isPlainSeparator(int codePoint) {
    return !Character.isLetterOrDigit(codePoint) && LOOKS_LIKE.indexOf(codePoint) < 0;
  }

  /** The same text with only some of its code points; the caller closes it. */
  FoldedText only(IntPredicate kept) {
    int[] some = new int[codePoints.length];
    int length = 0;
    for (int codePoint : codePoints) {
      if (kept.test(codePoint)) {
        some[length++] = codePoint;
      }
    }
    int[] exact = Arrays.copyOf(some, length);
    Arrays.fill(some, 0);
    return new FoldedText(exact);
  }

  @Override
  public void close() {
    Arrays.fill(codePoints, 0);
  }
}
