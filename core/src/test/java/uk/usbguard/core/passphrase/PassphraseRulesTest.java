package uk.usbguard.core.passphrase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.UnusablePassphraseException;

class PassphraseRulesTest {

  private static final PassphraseRules HOSPITAL =
      PassphraseRules.standard()
          .withContext(ContextKind.ORGANISATION, "St Mungo's Hospital NHS Foundation Trust")
          .withContext(ContextKind.USER, "ren\u00E9e.o'dowd2@mungos.nhs.uk")
          .withContext(ContextKind.ASSET_TAG, "SMH-004512")
          .withContext(ContextKind.DEVICE, "Kingston DataTraveler 60A44C");

  @Nested
  class Length {

    @Test
    @DisplayName("PWD-01: fourteen code points are refused, fifteen pass")
    void boundary() {
      assertThat(check("plum kiosk zeb")).contains(new Refusal.TooShort(14, 15));
      assertThat(check("plum kiosk zebr")).isEmpty();
    }

    @Test
    @DisplayName("PWD-01: length is counted after NFC and an emoji counts one")
    void countedInCodePoints() {
      assertThat(check("plum kiosk ze\u0301b")).contains(new Refusal.TooShort(14, 15));
      assertThat(check("plum kiosk z\uD83D\uDC1F\uD83D\uDC1F"))
          .contains(new Refusal.TooShort(14, 15));
      assertThat(check("plum kiosk z\uD83D\uDC1F\uD83D\uDC1Fx")).isEmpty();
      assertThat(check("")).contains(new Refusal.TooShort(0, 15));
    }

    @Test
    @DisplayName("PWD-01: 64 characters, 200 characters and 1,024 bytes are accepted")
    void longOnes() {
      String words = "plum kiosk zebra nudge flint omega crab vivid toast lunar pebble ";
      assertThat(check(words.substring(0, 64))).isEmpty();
      String different = words + "anvil gecko brisk waltz" + words + "hinge moth glass ";
      assertThat(check((different + different).substring(0, 200))).isEmpty();
      Random random = seeded();
      assertThat(check(draw(random, 1024, "abcdefghijklmnopqrstuvwxyz"))).isEmpty();
    }

    @Test
    @DisplayName("PWD-01: what cannot be encoded is a refusal too, never a shorter passphrase")
    void unusable() {
      assertRefused("x".repeat(1025), new Refusal.TooLong(1024));
      assertRefused("plum kiosk zebra\0nudge", new Refusal.UnusableCharacter(16));
      assertRefused("plum kiosk zebra\uD83D", new Refusal.UnusableCharacter(16));
    }

    @Test
    @DisplayName("PWD-01: an accepted passphrase is handed over open")
    void accepted() throws Exception {
      try (Passphrase accepted = HOSPITAL.accept("plum kiosk zebra".toCharArray())) {
        assertThat(accepted.codePointCount()).isEqualTo(16);
      }
    }

    private void assertRefused(String phrase, Refusal refusal) {
      assertThatExceptionOfType(PassphraseRefusedException.class)
          .isThrownBy(() -> HOSPITAL.accept(phrase.toCharArray()))
          .satisfies(e -> assertThat(e.refusal()).isEqualTo(refusal))
          .withMessage("passphrase refused: " + refusal.code());
    }
  }

  @Nested
  class Setting {

    @Test
    @DisplayName("PWD-08: an organisation's 12 is ignored, its 20 is honoured")
    void floorHolds() {
      PassphraseRules lower = PassphraseRules.standard().withMinimum(12);
      assertThat(lower.minimum()).isEqualTo(15);
      assertThat(check(lower, "plum kiosk zeb")).contains(new Refusal.TooShort(14, 15));
      PassphraseRules higher = PassphraseRules.standard().withMinimum(20);
      assertThat(check(higher, "plum kiosk zebra nu")).contains(new Refusal.TooShort(19, 20));
      assertThat(check(higher, "plum kiosk zebra nud")).isEmpty();
      assertThat(higher.withMinimum(16).withMinimum(Integer.MIN_VALUE).minimum()).isEqualTo(20);
    }

    @Test
    @DisplayName("PWD-08: no setting can refuse every phrase of 64 characters")
    void ceilingHolds() {
      assertThat(PassphraseRules.standard().withMinimum(64).minimum()).isEqualTo(64);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> PassphraseRules.standard().withMinimum(65));
    }

    @Test
    @DisplayName("PWD-02: the deny list is not read before a phrase of enough length is checked")
    void lazy() {
      PassphraseRules rules = PassphraseRules.standard();
      assertThat(check(rules, "short")).isPresent();
      assertThat(rules.hasReadDenyList()).isFalse();
      assertThat(check(rules, "plum kiosk zebra")).isEmpty();
      assertThat(rules.hasReadDenyList()).isTrue();
    }
  }

  @Nested
  class Common {

    @ParameterizedTest
    @DisplayName("PWD-02: listed values are refused as common, whatever is done to them")
    @ValueSource(
        strings = {
          "passwordstandard",
          "14101986 22091991", // two listed dates
          "polniypizdec0211", // a breached value of 16 characters
          "1q2w3e4r5t6y7u8i9o0p",
          "d2000lb-83927465",
          "b33tl3juice-4839",
          "Password1234567!",
          "password20240317",
          "P@ssw0rd20240317",
          "20240317password",
          "liverpool-839274650182",
          "L i v e r p o o l 1 9 8 4",
          "liverpool-1234567890123456789",
          "Manchester-Liverpool",
          "sunshine&butterfly7",
          "telecommunications",
          "P\u00E1ssw\u00F6rd20240317",
          "passwordpasswordx",
          "sunshine4839201!?#",
          "\uD83D\uDC1Fsunshine\uD83D\uDC1F4839201"
        })
    void listed(String phrase) {
      assertThat(check(phrase)).contains(new Refusal.Common());
    }

    @ParameterizedTest
    @DisplayName("PWD-02: famous phrases are refused as common")
    @ValueSource(
        strings = {
          "correct horse battery staple",
          "correcthorsebatterystaple",
          "Correct-Horse-Battery-Staple-1",
          "c0rrect h0rse b@ttery $taple",
          "correct!horse!battery!staple!",
          "To be or not to be, that is the question",
          "MayTheForceBeWithYou",
          "the quick brown fox",
          "You'll never walk alone",
          "this is my password 1",
          "keep calm and carry on 2024"
        })
    void famous(String phrase) {
      assertThat(check(phrase)).contains(new Refusal.Common());
    }

    @Test
    @DisplayName(
        "PWD-02: the values of the list (every fifth) are refused when digits make them long"
            + " enough")
    void everyEntry() {
      List<String> lines = Resources.lines("deny-list.txt");
      for (int i = 0; i < lines.size(); i += 5) {
        String word = lines.get(i);
        String padded = word + "-839274650182";
        Optional<Refusal> refusal = check(padded);
        assertThat(refusal).as(padded).isPresent();
      }
    }
  }

  @Nested
  class Repetition {

    @ParameterizedTest
    @DisplayName("PWD-02: repetition is refused with the length of what is repeated")
    @CsvSource({
      "aaaaaaaaaaaaaaa, 1",
      "abcabcabcabcabc, 3",
      "passwordpassword, 8",
      "xkqzvxkqzvxkqzvx, 5",
      "plumzebraxplumzebraX, 10",
      "plum zebra plum zebra , 11",
    })
    void repeated(String phrase, int unit) {
      assertThat(check(phrase)).contains(new Refusal.Repeated(unit));
    }

    @Test
    @DisplayName("PWD-02: repetition with other digits or separators between is refused")
    void numberedRepetition() {
      assertThat(check("xkqzv1 xkqzv2 xkqzv3")).contains(new Refusal.Repeated(7));
    }

    @Test
    @DisplayName("PWD-02: repeating a phrase that is long enough by itself does no harm")
    void longUnit() {
      assertThat(check("plum kiosk zebra plum kiosk zebra")).isEmpty();
    }
  }

  @Nested
  class Sequence {

    @ParameterizedTest
    @DisplayName("PWD-02: rows of letters, numbers and keys are refused as a sequence")
    @ValueSource(
        strings = {
          "abcdefghijklmnop",
          "ABCDEFGHIJKLMNOP",
          "ponmlkjihgfedcba",
          "123456789012345",
          "098765432109876",
          "acegikmoqsuwyac",
          "1qa2ws3ed4rf5tg",
          "qwertyuiopasdfg",
          "poiuytrewqlkjhg",
          "qwertyasdfghzxcvb",
          "abc-def-ghi-jkl-mno",
          "abcdefgh12345678",
          "aaaaaaaaaaaaaab",
          "aaabbbcccdddeee",
          "!\"\u00A3$%^&*()_+qwe",
          "\u0430\u0431\u0432\u0433\u0434\u0435\u0436\u0437\u0438\u0439\u043A\u043B\u043C\u043D\u043E"
        })
    void sequences(String phrase) {
      assertThat(check(phrase)).contains(new Refusal.Sequence());
    }
  }

  @Nested
  class Context {

    @ParameterizedTest
    @DisplayName("PWD-02: nothing but names from around the device is refused, and which names")
    @CsvSource({
      "usbguard-usb-nhs-2024, SERVICE",
      "Mungo's Foundation 2024, ORGANISATION",
      "ren\u00E9eo'dowd!1987 odowd, USER",
      "Renee O'Dowd 1987, USER",
      "SMH004512 - 004512, ASSET_TAG",
      "Kingston-DataTraveler, DEVICE",
      "K1ngst0n-DataTraveler, DEVICE",
    })
    void contextOnly(String phrase, ContextKind kind) {
      assertThat(check(phrase))
          .hasValueSatisfying(
              refusal ->
                  assertThat(refusal)
                      .isInstanceOfSatisfying(
                          Refusal.ContextOnly.class,
                          context -> assertThat(context.kinds()).contains(kind)));
    }

    @Test
    @DisplayName("PWD-02: the same names pass where nobody knows them")
    void otherOrganisation() {
      assertThat(check(PassphraseRules.standard(), "Renee O'Dowd Smh Datatraveler")).isEmpty();
      assertThat(check("Renee O'Dowd Smh Datatraveler")).isPresent();
    }

    @Test
    @DisplayName("PWD-02: names and one common word are refused as common")
    void namesAndCommonWord() {
      assertThat(check("odowd-kingston-sunshine")).contains(new Refusal.Common());
    }

    @Test
    @DisplayName("PWD-02: a name among other words is no reason to refuse")
    void nameAmongOthers() {
      assertThat(check("mungo plum kiosk zebra")).isEmpty();
    }

    @Test
    @DisplayName("PWD-02: empty names change nothing")
    void emptyName() {
      PassphraseRules rules = PassphraseRules.standard().withContext(ContextKind.USER, " -- ");
      assertThat(check(rules, "plum kiosk zebra")).isEmpty();
    }
  }

  @Nested
  class Accepted {

    @ParameterizedTest
    @DisplayName("PWD-03: no class of characters is demanded")
    @ValueSource(
        strings = {
          "plumkioskzebranudgeflint",
          "plum kiosk zebra nudge flint",
          "PLUM KIOSK ZEBRA",
          "839274650182739", // digits only
          "liverpool-8392746501827", // as many digits as are nearly enough by themselves
          "coffeetrainfish", // three random words, as the NCSC advises
          "\u7D20\u6674\u3089\u3057\u3044\u4E00\u65E5\u3067\u3059\u306D\u672C\u5F53\u306B\u305D\u3046",
          "\u0437\u0435\u0431\u0440\u0430 \u043F\u043B\u0443\u0433 \u043B\u0443\u043D\u0430"
              + " \u0434\u044B\u043C",
          "d\u0175r oer llwynog pell",
          "?!{%;~*@)&/=[^'|"
        })
    void allowed(String phrase) {
      assertThat(check(phrase)).isEmpty();
    }

    @Test
    @DisplayName("PWD-03: random characters of every kind are hardly ever refused")
    void randomOnes() {
      Random random = seeded();
      assertRefusalsAtMost(random, 5, 15, "0123456789");
      assertRefusalsAtMost(random, 50, 15, "0123456789abcdef"); // about 1%: few letters
      assertRefusalsAtMost(random, 0, 24, "0123456789abcdef");
      String base64 = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/";
      assertRefusalsAtMost(random, 0, 15, base64);
      assertRefusalsAtMost(random, 0, 15, "abcdefghijklmnopqrstuvwxyz0123456789");
    }

    private void assertRefusalsAtMost(Random random, int most, int length, String alphabet) {
      int refused = 0;
      for (int i = 0; i < 2000; i++) {
        if (check(draw(random, length, alphabet)).isPresent()) {
          refused++;
        }
      }
      assertThat(refused).as(length + " of " + alphabet).isLessThanOrEqualTo(most);
    }
  }

  @Nested
  class Hostile {

    @ParameterizedTest
    @DisplayName("PWD-02: 1,024 characters made to have many readings are judged at once")
    @ValueSource(strings = {"!i1|l", "i1", "5s$", "aA4@", "0o"})
    void manyReadings(String part) {
      Random random = seeded();
      String phrase = draw(random, 1024, part);
      long start = System.nanoTime();
      check(phrase);
      assertThat((System.nanoTime() - start) / 1_000_000).as("ms").isLessThan(2000);
    }
  }

  @Test
  @DisplayName("PWD-06: a refusal holds nothing of the passphrase")
  void refusalIsSilent() {
    Refusal refusal = check("kingston-dataTraveler-77").orElseThrow();
    assertThat(refusal).isEqualTo(new Refusal.ContextOnly(Set.of(ContextKind.DEVICE)));
    assertThat(refusal.toString()).isEqualTo("ContextOnly[kinds=[DEVICE]]");
  }

  private static Optional<Refusal> check(String phrase) {
    return check(HOSPITAL, phrase);
  }

  private static Optional<Refusal> check(PassphraseRules rules, String phrase) {
    try (Passphrase passphrase = Passphrase.of(phrase.toCharArray())) {
      return rules.check(passphrase);
    } catch (UnusablePassphraseException e) {
      throw new AssertionError(e);
    }
  }

  private static Random seeded() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("PassphraseRulesTest -Dseed=" + seed);
    return new Random(seed);
  }

  private static String draw(Random random, int length, String alphabet) {
    char[] chars = new char[length];
    for (int i = 0; i < length; i++) {
      chars[i] = alphabet.charAt(random.nextInt(alphabet.length()));
    }
    return new String(chars);
  }
}
