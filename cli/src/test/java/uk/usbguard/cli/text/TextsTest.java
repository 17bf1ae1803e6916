package uk.usbguard.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.NoteKind;
import uk.usbguard.core.audit.AuditFinding;
import uk.usbguard.core.device.LifecycleState;
import uk.usbguard.core.registry.Action;
import uk.usbguard.core.registry.Field;
import uk.usbguard.core.registry.Setting;

class TextsTest {

  private final Texts texts = new Texts(Locale.UK, ZoneOffset.UTC);

  @Test
  void putsFactsIn() {
    assertThat(texts.get("mv.done", "c.ugc", "/a", "/b {0}")).isEqualTo("/a is now /b {0}.");
    assertThat(texts.count("file", 1)).isEqualTo("1 file");
    assertThat(texts.count("file", 12_345)).isEqualTo("12,345 files");
    assertThat(texts.get("progress.open")).isEqualTo("{0}, {1}/s");
  }

  @Test
  void everyFailureHasTwoSentences() {
    texts.bundle().keySet().stream()
        .filter(key -> key.startsWith("error.") && key.endsWith(".message"))
        .forEach(key -> assertThat(texts.has(key.replace(".message", ".hint"))).as(key).isTrue());
  }

  @Test
  void everyNoteAndExitCodeHasASentence() {
    for (NoteKind kind : NoteKind.values()) {
      assertThat(texts.has("note." + kind.id())).as(kind.id()).isTrue();
    }
    for (ExitCode code : ExitCode.values()) {
      assertThat(texts.has("exit." + code.number())).as(code.name()).isTrue();
    }
  }

  @Test
  void everyFindingInALogHasAWordForReports() {
    for (AuditFinding.Kind kind : AuditFinding.Kind.values()) {
      assertThat(texts.has("evidence.word.finding." + kind.id())).as(kind.id()).isTrue();
    }
  }

  @Test
  @DisplayName("A warning is a sentence, as a failure is: it begins with a capital or with a name")
  void warningsAreSentences() {
    for (String key : texts.bundle().keySet()) {
      if (key.startsWith("warning.")) {
        assertThat(texts.bundle().getString(key)).as(key).matches("(?s)[A-Z{].*");
      }
    }
  }

  @Test
  @DisplayName(
      "REG-08 every field and setting of the register has a word, every state what follows")
  void theRegisterSpeaksInWords() {
    for (Field field : Field.values()) {
      assertThat(texts.get("field." + field.label())).as(field.name()).isNotBlank();
    }
    for (Action action : Action.values()) {
      assertThat(texts.get("deed." + action.label())).as(action.name()).isNotBlank();
    }
    for (Setting setting : Setting.values()) {
      assertThat(texts.get("org.setting." + setting.label())).as(setting.name()).isNotBlank();
    }
    Map<LifecycleState, String> steps =
        Map.of(
            LifecycleState.APPROVED, "device approve",
            LifecycleState.SUSPENDED, "device suspend",
            LifecycleState.LOST, "device lost",
            LifecycleState.FOUND, "device found",
            LifecycleState.WIPED, "device wiped",
            LifecycleState.DISPOSED, "device retire");
    for (LifecycleState state : LifecycleState.values()) {
      String next = texts.get("state-next." + state.name().toLowerCase(Locale.ROOT));
      steps.forEach(
          (to, step) -> assertThat(next.contains(step)).as(next).isEqualTo(state.mayBecome(to)));
    }
  }

  @Test
  @DisplayName("What is put in for braces has a number only: no other formats are known")
  void bracesHoldNumbers() {
    for (String key : texts.bundle().keySet()) {
      assertThat(texts.bundle().getString(key).replaceAll("\\{[0-9]\\}", ""))
          .as(key)
          .doesNotContain("{")
          .doesNotContain("}");
    }
  }

  @Test
  @DisplayName("No apostrophe is doubled: sentences are shown as they stand in the bundle")
  void apostrophesAreSingle() {
    for (String key : texts.bundle().keySet()) {
      assertThat(texts.bundle().getString(key)).as(key).doesNotContain("''");
    }
  }

  @Test
  void writesTimesAsTheUserDoes() {
    Instant time = Instant.parse("2026-11-22T09:30:00Z");
    assertThat(texts.date(time)).isEqualTo("22 November 2026");
    assertThat(texts.time(time)).contains("22 Nov 2026").contains("09:30");
  }

  @ParameterizedTest(name = "a system set to {0}: as in {1}")
  @CsvSource({"en,en-GB", "en-US,en-US", "en-IE,en-IE", "cy-GB,cy-GB", "de,de"})
  void englishOfNoCountryIsBritish(String system, String written) {
    assertThat(Texts.conventions(Locale.forLanguageTag(system)))
        .isEqualTo(Locale.forLanguageTag(written));
  }

  @ParameterizedTest
  @CsvSource({
    "0,0 bytes",
    "1,1 byte",
    "1023,1023 bytes",
    "1024,1.0 KiB",
    "1536,1.5 KiB",
    "1048576,1.0 MiB",
    "104857600,100 MiB",
    "1099511627776,1.0 TiB"
  })
  void writesSizes(long bytes, String text) {
    assertThat(texts.size(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "500,500",
    "64KiB,65536",
    "4 GiB,4294967296",
    "1 tib,1099511627776",
    "0,0",
    "7EiB,8070450532247928832"
  })
  void readsSizes(String text, long bytes) {
    assertThat(Sizes.parse(text)).isEqualTo(OptionalLong.of(bytes));
  }

  @ParameterizedTest
  @CsvSource({"-1", "''", "KiB", "1.5MiB", "9EiB", "1XiB", "ten", "99999999999999999999"})
  void refusesWhatIsNoSize(String text) {
    assertThat(Sizes.parse(text)).isEmpty();
  }

  @Test
  void showsWhatATerminalWouldObey() {
    assertThat(Printable.name("plain name")).isEqualTo("plain name");
    assertThat(Printable.name("caf\u00e9 \ud83d\ude00")).isEqualTo("caf\u00e9 \ud83d\ude00");
    assertThat(Printable.name("a\u001b[31mb\n\u009b\u202e\u2028\ud800"))
        .isEqualTo("a\\u{1b}[31mb\\u{a}\\u{9b}\\u{202e}\\u{2028}\\u{d800}");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, '0 files, 0 bytes'",
    "1, 1, '1 file, 1 byte'",
    "1200, 5000000, '1,200 files, 4.8 MiB'"
  })
  void quantitiesStandInSentencesWithTheirUnits(long files, long bytes, String expected) {
    assertThat(texts.get("error.import-full.message", Quantity.files(files), Quantity.bytes(bytes)))
        .contains(expected);
  }
}
