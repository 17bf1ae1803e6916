package uk.usbguard.core.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.usbguard.core.format.Names.Problem;

/** Which names are valid, and which are the same. */
class NamesTest {

  // node -e 'for (const n of ["Ä","ẞ","ß","ﬃ","İ","ı","ΣΑΣ","ς","ŉ","K","Å","ᾷ","ǆ","Ⱥ","e\u0301"])
  //   console.log([...n.normalize("NFC").toUpperCase().toLowerCase().normalize("NFC")]
  //     .map(c => c.codePointAt(0).toString(16)).join(" "))'
  @ParameterizedTest
  @CsvSource({
    "'Ward List.TXT', 'ward list.txt'",
    "'\u00c4', '\u00e4'",
    "'\u1e9e', '\u00df'",
    "'\u00df', 'ss'",
    "'\ufb03', 'ffi'",
    "'\u0130', 'i\u0307'",
    "'\u0131', 'i'",
    "'\u03a3\u0391\u03a3', '\u03c3\u03b1\u03c2'",
    "'\u03c2', '\u03c3'",
    "'\u0149', '\u02bcn'",
    "'\u212a', 'k'",
    "'\u212b', '\u00e5'",
    "'\u1fb7', '\u1fb6\u03b9'",
    "'\u01c6', '\u01c6'",
    "'\u023a', '\u2c65'",
    "'e\u0301', '\u00e9'"
  })
  void folds(String name, String folded) {
    assertThat(Names.fold(name)).isEqualTo(folded);
  }

  @Test
  void foldsAlikeInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(Names.fold("TITLE I")).isEqualTo("title i");
      assertThat(Names.fold("\u00c4I")).isEqualTo("\u00e4i");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void foldsTheShortWayAndTheLongWayAlike() {
    Random random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      String name =
          random
              .ints(1 + random.nextInt(12), 1, i % 2 == 0 ? 0x80 : 0xD800)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      // An appended letter beyond ASCII takes an ASCII name the long way.
      if (i % 2 == 0) {
        assertThat(Names.fold(name + "/\u00e4")).isEqualTo(Names.fold(name) + "/\u00e4");
      }
      assertThat(Names.utf8Length(name)).isEqualTo(name.getBytes(StandardCharsets.UTF_8).length);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "...", " ", "..a", "\u00e4", "CON", "a\\b", "\ud83d\ude00", "a:b"})
  void takes(String name) {
    assertThat(Names.check(name)).isEmpty();
  }

  @Test
  void saysWhyItRefuses() {
    assertThat(Names.check("")).contains(Problem.EMPTY);
    assertThat(Names.check(".")).contains(Problem.DOTS);
    assertThat(Names.check("..")).contains(Problem.DOTS);
    assertThat(Names.check("a/b")).contains(Problem.SLASH);
    assertThat(Names.check("a\0b")).contains(Problem.NUL);
    assertThat(Names.check("a\ud83d")).contains(Problem.LONE_SURROGATE);
    assertThat(Names.check("\ude00a")).contains(Problem.LONE_SURROGATE);
    assertThat(Names.check("a".repeat(1_024))).isEmpty();
    assertThat(Names.check("a".repeat(1_025))).contains(Problem.TOO_LONG);
    assertThat(Names.check("\u00e4".repeat(512))).isEmpty();
    assertThat(Names.check("\u00e4".repeat(513))).contains(Problem.TOO_LONG);
    assertThat(Names.check("\u0149".repeat(512))).isEmpty();
    // U+1FB7 folds from three bytes to five.
    assertThat(Names.check("\u1fb7".repeat(307))).isEmpty();
    assertThat(Names.check("\u1fb7".repeat(308))).contains(Problem.TOO_LONG_FOLDED);
  }

  @Test
  void measuresTheNameAsItWasGiven() {
    // Three bytes each in NFD, two in NFC.
    assertThat(Names.check("a\u0308".repeat(341))).isEmpty();
    assertThat(Names.check("a\u0308".repeat(342))).contains(Problem.TOO_LONG);
  }

  @Test
  void neverFoldsToMoreThanThreeTimesTheLength() {
    for (int c = 1; c < Character.MAX_CODE_POINT; c++) {
      if (!Character.isDefined(c) || (c >= 0xD800 && c < 0xE000)) {
        continue;
      }
      String name = Names.normalise(Character.toString(c));
      int length = Names.utf8Length(name);
      assertThat(Names.utf8Length(Names.fold(name))).isLessThanOrEqualTo(3 * length);
    }
  }
}
