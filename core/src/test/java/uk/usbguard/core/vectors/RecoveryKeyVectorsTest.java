package uk.usbguard.core.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.usbguard.core.secret.RecoveryKey;
import uk.usbguard.core.secret.RecoveryKeyFormatException;

@DisplayName("ENC-03: recovery keys on paper read as in the test vectors of the format")
class RecoveryKeyVectorsTest {

  static List<Named<Vector>> vectors() throws Exception {
    return Vector.all("recovery-key", 38);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  @DisplayName("right or refused, and with the group that is wrong")
  void textsReadAsInTheVectors(Vector v) throws Exception {
    char[] typed = v.text("text").toCharArray();
    if (v.isGood()) {
      try (RecoveryKey key = RecoveryKey.parse(typed)) {
        byte[] bytes = key.use(byte[]::clone);
        assertThat(bytes).isEqualTo(v.bytes("key"));
      }
      return;
    }
    RecoveryKeyFormatException refusal =
        catchThrowableOfType(
            RecoveryKeyFormatException.class, () -> RecoveryKey.parse(typed).close());
    assertThat(refusal).as("the text is refused").isNotNull();
    if (v.has("group")) {
      assertThat(refusal.reason()).isEqualTo(RecoveryKeyFormatException.Reason.CHECK_SYMBOL);
      assertThat(refusal.group()).isEqualTo(OptionalInt.of((int) v.number("group") + 1));
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  @DisplayName("and are printed as they were, but for case, spaces and dashes")
  void textsPrintAsInTheVectors(Vector v) throws Exception {
    if (!v.isGood()) {
      return;
    }
    String typed = v.text("text");
    try (RecoveryKey key = RecoveryKey.parse(typed.toCharArray())) {
      String printed = String.valueOf(key.toText());
      assertThat(symbols(printed)).isEqualTo(symbols(typed));
    }
  }

  private static String symbols(String text) {
    return text.toUpperCase(Locale.ROOT)
        .replaceAll("[\\p{Zs}\\p{Pd}\\s]", "")
        .replace('O', '0')
        .replaceAll("[IL]", "1");
  }
}
