package uk.usbguard.core.passphrase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.io.Serializable;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.usbguard.core.passphrase.PassphraseGenerator.Separator;
import uk.usbguard.core.secret.Passphrase;

class PassphraseGeneratorTest {

  private static final PassphraseRules RULES = PassphraseRules.standard();

  private final PassphraseGenerator generator = new PassphraseGenerator(seeded());

  @Test
  @DisplayName("PWD-04: six words by default, of 77.5 bits")
  void sixWords() {
    try (GeneratedPassphrase phrase = generator.generate()) {
      assertThat(phrase.words()).isEqualTo(6);
      assertThat(phrase.entropyBits()).isCloseTo(77.55, within(0.01));
      assertThat(text(phrase)).matches("[a-z]+(-[a-z]+){5,}");
    }
  }

  @ParameterizedTest
  @DisplayName("PWD-04: as many words as asked for")
  @ValueSource(ints = {5, 6, 7, 32})
  void asManyAsAskedFor(int words) {
    try (GeneratedPassphrase phrase = generator.generate(words, Separator.SPACE, RULES)) {
      assertThat(text(phrase).split(" ")).hasSize(words).doesNotContain("");
      assertThat(phrase.entropyBits()).isCloseTo(words * 12.925, within(0.02));
    }
  }

  @ParameterizedTest
  @DisplayName("PWD-04: fewer than five words, and absurdly many, are refused")
  @ValueSource(ints = {Integer.MIN_VALUE, 0, 4, 33})
  void tooFew(int words) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> generator.generate(words, Separator.SPACE, RULES));
  }

  @Test
  @DisplayName("PWD-08: words are added, not filtered, until an organisation's minimum is reached")
  void longMinimum() {
    PassphraseRules rules = RULES.withMinimum(64);
    for (int i = 0; i < 300; i++) {
      try (GeneratedPassphrase phrase = generator.generate(5, Separator.HYPHEN, rules);
          Passphrase passphrase = phrase.toPassphrase()) {
        assertThat(passphrase.codePointCount()).isBetween(64, 64 + 9);
        assertThat(phrase.words()).isGreaterThan(5);
        assertThat(phrase.entropyBits()).isCloseTo(64.62, within(0.01));
      }
    }
  }

  @Test
  @DisplayName("PWD-04: generated phrases of five words pass the rules")
  void passTheRules() {
    for (int i = 0; i < 3000; i++) {
      Separator separator = i % 2 == 0 ? Separator.HYPHEN : Separator.SPACE;
      try (GeneratedPassphrase phrase = generator.generate(5, separator, RULES);
          Passphrase passphrase = phrase.toPassphrase()) {
        assertThat(RULES.check(passphrase)).as(() -> text(phrase)).isEmpty();
      }
    }
  }

  // 7,775 degrees of freedom: the statistic has mean 7,775 and standard deviation 124.7. Six of
  // these are passed by chance once in 10^8 runs; a remainder of 16 random bits is at about 13.
  @Test
  @DisplayName("PWD-04: every word is equally likely (chi-square)")
  void uniform() {
    Map<String, Integer> seen = new HashMap<>();
    EffWords list = EffWords.load();
    int draws = 0;
    for (int i = 0; i < 15_000; i++) {
      try (GeneratedPassphrase phrase = generator.draw(list, 32, Separator.SPACE, 0)) {
        for (String word : text(phrase).split(" ")) {
          seen.merge(word, 1, Integer::sum);
          draws++;
        }
      }
    }
    double expected = draws / 7776.0;
    double statistic =
        seen.values().stream().mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();
    assertThat(seen).hasSize(7776);
    assertThat((statistic - 7775) / Math.sqrt(2 * 7775)).as("deviations").isBetween(-6.0, 6.0);
  }

  @Test
  @DisplayName("PWD-06: the lent characters and the phrase are wiped, and it is redacted")
  void wiped() {
    GeneratedPassphrase phrase = generator.generate();
    char[] kept = phrase.<char[], RuntimeException>read(chars -> chars);
    assertThat(kept).containsOnly('\0');
    assertThat(phrase).hasToString("GeneratedPassphrase[6 words, redacted]");
    assertThat(phrase).isNotInstanceOf(Serializable.class);
    phrase.close();
    phrase.close();
    assertThatIllegalStateException().isThrownBy(() -> phrase.read(chars -> 0));
    assertThatIllegalStateException().isThrownBy(phrase::toPassphrase);

    char[] owned = {'a', 'b'};
    new GeneratedPassphrase(owned, 6, 6).close();
    assertThat(owned).containsOnly('\0');
  }

  private static String text(GeneratedPassphrase phrase) {
    return phrase.<String, RuntimeException>read(String::new);
  }

  private static SecureRandom seeded() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("PassphraseGeneratorTest -Dseed=" + seed);
    Random random = new Random(seed);
    return new SecureRandom() {
      @Override
      public void nextBytes(byte[] bytes) {
        random.nextBytes(bytes);
      }
    };
  }
}
