package uk.usbguard.core.passphrase;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Draws passphrases of random words, each of the 7,776 words equally likely and independent of the
 * others: 12.9 bits a word. Phrases are never drawn again because they look weak, which would make
 * the rest likelier. Made for attackers who hold the container and guess offline, so five words are
 * the least and six the default.
 */
public final class PassphraseGenerator {

  public static final int DEFAULT_WORDS = 6;

  /** Five words are 64 bits; fewer cannot be had by any setting. */
  public static final int MINIMUM_WORDS = 5;

  /** More than anybody could remember, and still within the length cap. */
  public static final int MAXIMUM_WORDS = 32;

  /** What stands between the words. Words drawn never depend on it. */
  public enum Separator {
    HYPHEN('-'),
    SPACE(' ');

    private final char character;

    Separator(char character) {
      this.character = character;
    }
  }

  private final SecureRandom random;

  /** The source decides about the strength; it is the profile's generator in the applications. */
  public PassphraseGenerator(SecureRandom random) {
    this.random = random;
  }

  /** Six words with hyphens. The caller closes the result. */
  public GeneratedPassphrase generate() {
    return generate(DEFAULT_WORDS, Separator.HYPHEN, PassphraseRules.standard());
  }

  /**
   * So many words, and more of them if the rules ask for a longer phrase. The caller closes the
   * result.
   *
   * @throws IllegalArgumentException if words is not in {@link #MINIMUM_WORDS} to {@link
   *     #MAXIMUM_WORDS}
   */
  public GeneratedPassphrase generate(int words, Separator separator, PassphraseRules rules) {
    if (words < MINIMUM_WORDS || words > MAXIMUM_WORDS) {
      throw new IllegalArgumentException("words " + words);
    }
    return draw(EffWords.load(), words, separator, rules.minimum());
  }

  GeneratedPassphrase draw(EffWords list, int words, Separator separator, int minimumLength) {
    int[] drawn = new int[Math.max(words, PassphraseRules.CEILING)];
    int count = 0;
    int length = -1; // one separator fewer than words
    while (count < words || length < minimumLength) {
      // nextInt(bound) throws away the few values above the largest multiple of the bound, so the
      // choice is exactly uniform; a plain remainder of 31 random bits would not be.
      drawn[count] = random.nextInt(EffWords.COUNT);
      length += list.length(drawn[count]) + 1;
      count++;
    }
    char[] phrase = new char[length];
    Arrays.fill(phrase, separator.character);
    int offset = 0;
    for (int i = 0; i < count; i++) {
      list.copy(drawn[i], phrase, offset);
      offset += list.length(drawn[i]) + 1;
    }
    Arrays.fill(drawn, 0);
    return new GeneratedPassphrase(phrase, count, words);
  }
}
