package uk.usbguard.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.usbguard.core.secret.RecoveryKeyFormatException.Reason;

@DisplayName("A recovery key")
class RecoveryKeyTest {

  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final String SAMPLE = "000G8-40R4P-0M30P-E209X-185GX-R38ES-1W810-24GKP";

  // python3 core/src/test/resources/uk/usbguard/core/keyslot/key_area.py
  @ParameterizedTest
  @CsvSource({
    "000102030405060708090a0b0c0d0e0f10111213, " + SAMPLE,
    "0000000000000000000000000000000000000000, 00005-0000A-0000M-0000D-0000T-0000H-00007-0000E",
    "ffffffffffffffffffffffffffffffffffffffff, ZZZZ8-ZZZZ7-ZZZZS-ZZZZ0-ZZZZQ-ZZZZW-ZZZZA-ZZZZ3"
  })
  @DisplayName("stands on paper as an independent program writes it, and is read from it")
  void standsOnPaperAsAnIndependentProgramWritesIt(String hex, String text) throws Exception {
    byte[] bytes = HexFormat.of().parseHex(hex);

    assertThat(RecoveryKeyText.format(bytes)).isEqualTo(text.toCharArray());
    assertThat(RecoveryKeyText.parse(text.toCharArray())).isEqualTo(bytes);
  }

  @Test
  void isReadFromWhatItWrites() throws Exception {
    for (int i = 0; i < 1000; i++) {
      try (RecoveryKey key = RecoveryKey.generate(new SecureRandom());
          RecoveryKey read = RecoveryKey.parse(key.toText())) {
        byte[] written = key.use(byte[]::clone);
        byte[] readBack = read.use(byte[]::clone);
        assertThat(readBack).isEqualTo(written);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OOOG8-4OR4P-OM3OP-E2O9X-I85GX-R38ES-LW8IO-24GKP",
        "ooog8-4or4p-om3op-e2o9x-i85gx-r38es-lw8io-24gkp",
        "000g840r4p0m30pe209x185gxr38es1w81024gkp",
        " 000G 8-40 R4P--0M30P E209X\t185GX\nR38ES 1W810 24GKP ",
        "000G8\u201340R4P\u20110M30P\u2014E209X\u00a0185GX-R38ES-1W810-24GKP"
      })
  @DisplayName("is read in any case, O as 0, I and L as 1, whatever stands between the symbols")
  void isReadAsPeopleTypeIt(String typed) throws Exception {
    assertThat(RecoveryKeyText.format(RecoveryKeyText.parse(typed.toCharArray())))
        .isEqualTo(SAMPLE.toCharArray());
  }

  @Test
  @DisplayName("names the group of every wrong symbol: 40 places, 31 wrong symbols each")
  void noticesEveryWrongSymbol() {
    var random = new Random(1);
    for (int keys = 0; keys < 20; keys++) {
      byte[] bytes = new byte[20];
      random.nextBytes(bytes);
      String good = symbols(bytes);
      for (int place = 0; place < 40; place++) {
        for (int i = 0; i < ALPHABET.length(); i++) {
          char symbol = ALPHABET.charAt(i);
          if (symbol != good.charAt(place)) {
            String wrong = good.substring(0, place) + symbol + good.substring(place + 1);
            assertRefused(wrong, Reason.CHECK_SYMBOL, place / 5 + 1);
          }
        }
      }
    }
  }

  @Test
  @DisplayName("notices every exchange of two neighbours within a group")
  void noticesExchangedNeighbours() {
    var random = new Random(2);
    for (int i = 0; i < 300; i++) {
      byte[] bytes = new byte[20];
      random.nextBytes(bytes);
      char[] good = symbols(bytes).toCharArray();
      for (int place = 0; place < 39; place++) {
        if (good[place] != good[place + 1]) {
          char[] wrong = good.clone();
          wrong[place] = good[place + 1];
          wrong[place + 1] = good[place];
          assertThat(isRead(wrong)).as(new String(wrong)).isFalse();
        }
      }
    }
  }

  @Test
  void noticesExchangedGroups() {
    var random = new Random(3);
    for (int i = 0; i < 300; i++) {
      byte[] bytes = new byte[20];
      random.nextBytes(bytes);
      char[] good = symbols(bytes).toCharArray();
      for (int first = 0; first < 8; first++) {
        for (int second = first + 1; second < 8; second++) {
          char[] wrong = good.clone();
          System.arraycopy(good, 5 * first, wrong, 5 * second, 5);
          System.arraycopy(good, 5 * second, wrong, 5 * first, 5);
          assertThat(isRead(wrong)).as("groups %d and %d", first, second).isFalse();
        }
      }
    }
  }

  @Test
  void saysHowManySymbolsThereAreIfThereAreNotForty() {
    for (String typed :
        new String[] {"", "0", SAMPLE + "0", SAMPLE.substring(1), SAMPLE + SAMPLE}) {
      int symbols = typed.replace("-", "").length();
      assertThatExceptionOfType(RecoveryKeyFormatException.class)
          .isThrownBy(() -> RecoveryKey.parse(typed.toCharArray()))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_LENGTH))
          .satisfies(e -> assertThat(e.symbols()).hasValue(symbols))
          .satisfies(e -> assertThat(e.group()).isEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"U", "u", "!", "\u0131", "\u00df", "\u0660", "_"})
  @DisplayName(
      "names the group of a character that no recovery key contains, and not the character")
  void namesTheGroupOfAnUnknownCharacter(String unknown) {
    String typed = SAMPLE.substring(0, 20) + unknown + SAMPLE.substring(21);

    assertRefused(typed, Reason.UNKNOWN_CHARACTER, 4);
  }

  @Test
  void isLentWipedAndNeverPrinted() {
    RecoveryKey key = RecoveryKey.generate(new SecureRandom());
    byte[] kept = key.use(bytes -> bytes);
    assertThat(kept).containsOnly(0).hasSize(RecoveryKey.LENGTH);
    assertThat(key).hasToString("RecoveryKey[redacted]");

    key.close();
    key.close();

    assertThatIllegalStateException().isThrownBy(key::toText);
  }

  private static void assertRefused(String typed, Reason reason, int group) {
    assertThatExceptionOfType(RecoveryKeyFormatException.class)
        .isThrownBy(() -> RecoveryKey.parse(typed.toCharArray()))
        .withMessage("recovery key, group " + group + ": " + reason)
        .satisfies(e -> assertThat(e.group()).hasValue(group));
  }

  private static boolean isRead(char[] typed) {
    try {
      Arrays.fill(RecoveryKeyText.parse(typed), (byte) 0);
      return true;
    } catch (RecoveryKeyFormatException refused) {
      return false;
    }
  }

  private static String symbols(byte[] key) {
    return new String(RecoveryKeyText.format(key)).replace("-", "");
  }
}
