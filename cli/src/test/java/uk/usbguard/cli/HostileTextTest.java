package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.cli.Desk.Result;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.audit.AuditEvent;
import uk.usbguard.core.audit.AuditLog;
import uk.usbguard.core.audit.AuditOrigin;
import uk.usbguard.core.audit.AuditResult;
import uk.usbguard.core.audit.AuditSettings;
import uk.usbguard.core.audit.AuditSubject;
import uk.usbguard.core.audit.HeadMemory;

/** Texts that somebody else chose, at every place where the program shows them. */
class HostileTextTest {

  /** Clears a screen in three ways, ends a line in four, turns it around, and is HTML. */
  private static final String HOSTILE =
      "x\u001b[2J\u009b2J\u0007\n\r\u0085\u2028\u202etxt.\u200e\u2066<b>\"';=|\\]&amp;\u007f";

  @TempDir private Path temp;
  private Desk desk;

  @BeforeEach
  void sitDown() throws IOException {
    desk = new Desk(temp);
  }

  /** So many lines, and nothing in them that a terminal obeys or that turns the direction. */
  private static void assertHarmless(String text, int lines) {
    assertThat(text.lines()).as(text).hasSize(lines);
    text.replace("\r\n", "\n")
        .codePoints()
        .filter(c -> c != '\n')
        .forEach(
            c ->
                assertThat(Character.getType(c))
                    .as("U+%04X in %s", c, text)
                    .isNotIn(
                        (int) Character.CONTROL,
                        (int) Character.FORMAT,
                        (int) Character.LINE_SEPARATOR,
                        (int) Character.PARAGRAPH_SEPARATOR,
                        (int) Character.SURROGATE));
  }

  @Nested
  @DisplayName("A medium whose path is hostile")
  @DisabledOnOs(OS.WINDOWS)
  class Medium {

    private static final String NAME = "x\u001b[2J\u0007\n\r<b>=1.img";

    @Test
    @DisplayName("is scanned and shown harmlessly, as text and as JSON, also when it is not there")
    void scan() throws IOException {
      Result missing = desk.run("scan", NAME);
      assertThat(missing.code()).isEqualTo(66);
      assertHarmless(missing.err(), 2);

      desk.file(NAME, "Dear Mrs Example, ".repeat(20_000));
      Result found = desk.run("scan", NAME);
      assertThat(found.code()).isEqualTo(1);
      assertHarmless(found.out(), (int) found.out().lines().count());
      assertHarmless(found.err(), 2);
      assertThat(found.out()).startsWith("x\\u{1b}[2J\\u{7}\\u{a}\\u{d}<b>=1.img is not encrypted");
      Result json = desk.run("scan", NAME, "--json");
      assertHarmless(json.out(), 1);
      assertHarmless(json.err(), 1);
      assertThat(new ObjectMapper().readTree(json.out()).get("target").asText()).isEqualTo(NAME);
    }
  }

  @Nested
  @DisplayName("Facts that are hostile")
  class Explained {

    private final String[] words = {
      "policy", "explain", "nhs-default", "--facts", "shape=input,user=" + HOSTILE
    };

    @Test
    @DisplayName("are explained harmlessly as text")
    void text() {
      Result explained = desk.run(words);
      assertThat(explained.code()).as(explained.err()).isZero();
      assertHarmless(explained.out(), 4);
      assertThat(explained.out()).contains("user=x\\u{1b}[2J\\u{9b}2J");
    }

    @Test
    @DisplayName("are explained harmlessly as JSON, and are read back as they were")
    void json() throws IOException {
      Result explained = desk.run(words[0], words[1], words[2], words[3], words[4], "--json");
      assertHarmless(explained.out().replace("\u007f", ""), 1);
      assertThat(new ObjectMapper().readTree(explained.out()).at("/facts/user").asText())
          .isEqualTo(HOSTILE);
    }

    @Test
    @DisplayName("that are no facts are told harmlessly")
    void refused() {
      Result refused =
          desk.run("policy", "explain", "nhs-default", "--facts", HOSTILE + "=storage");
      assertThat(refused.code()).isEqualTo(65);
      assertHarmless(refused.err(), 2);
    }

    @Test
    @DisplayName("are explained harmlessly out of the log")
    void recalled() {
      desk.run(words[0], words[1], words[2], words[3], words[4], "--audit", "log");
      Result shown = desk.run("audit", "show", "--audit", "log");
      String entry = shown.out().split(" ", 2)[0];

      Result recalled = desk.run("policy", "explain", "--entry", entry, "--audit", "log");

      assertThat(recalled.code()).as(recalled.err()).isZero();
      assertHarmless(recalled.out(), 5);
    }
  }

  @Nested
  @DisplayName("An event of a hostile device")
  class Recorded {

    @BeforeEach
    void record() throws Exception {
      AuditSettings settings =
          AuditSettings.of(
              Clock.systemUTC(),
              SecureRandom::new,
              new AuditOrigin(HOSTILE, HOSTILE, HOSTILE + "2"),
              HeadMemory.NONE);
      try (AuditLog log = AuditLog.open(desk.folder.resolve("log"), settings)) {
        log.record(
            AuditEvent.of(
                    AuditAction.DEVICE_DECIDE,
                    AuditResult.DENIED,
                    AuditSubject.of(AuditSubject.Kind.MEDIUM).withId(HOSTILE))
                .onDevice(AuditSubject.of(AuditSubject.Kind.DEVICE).withId(HOSTILE)));
      }
    }

    private String shown(String... more) {
      List<String> words = new java.util.ArrayList<>(List.of("audit"));
      words.addAll(List.of(more));
      words.addAll(List.of("--audit", "log", "--action", "device-decide"));
      Result result = desk.run(words.toArray(String[]::new));
      assertThat(result.code()).as(result.err()).isZero();
      return result.out();
    }

    @Test
    @DisplayName("is one harmless line of audit show")
    void show() {
      assertHarmless(shown("show"), 1);
    }

    @Test
    @DisplayName("is one harmless line of JSON, from show and from export")
    void json() throws IOException {
      for (String line : List.of(shown("show", "--json"), shown("export", "--format", "json"))) {
        assertHarmless(line.replace("\u007f", ""), 1);
        assertThat(new ObjectMapper().readTree(line).get("id").asText()).isEqualTo(HOSTILE);
      }
    }

    @Test
    @DisplayName("is one harmless line of CEF, of which no value goes on as another")
    void cef() {
      String line = shown("export", "--format", "cef");
      assertHarmless(line, 1);
      assertThat(line).contains("<b>\"';\\=|\\\\]").doesNotContain("';=");
    }

    @Test
    @DisplayName("is one harmless line of RFC 5424, of which no value ends before its end")
    void syslog() {
      String line = shown("export", "--format", "syslog");
      assertHarmless(line, 1);
      assertThat(line)
          .matches(
              "(?s)[^\\[]*\\?\\[2J[ -~]* \\[usbguard@32473"
                  + "( [a-zA-Z]+=\"([^\"\\\\\\]]|\\\\[\"\\\\\\]])*\")*\\] device-decide denied\\R");
    }
  }

  @Nested
  @DisplayName("A register with hostile entries")
  class Registered {

    private static final String MARKUP = "<script>alert('x')</script> & =cmd|' /C calc'!A0";

    private RegisterDesk register;

    @BeforeEach
    void begin() {
      register = new RegisterDesk(desk);
      register.init();
    }

    private Result enter(String tag, String serial, String purpose) {
      return register.run(
          "device",
          "register",
          tag,
          "--model",
          "0951:1666",
          "--serial",
          serial,
          "--owner",
          "=HYPERLINK(\"x\")",
          "--manager",
          "+m.anager",
          "--organisation",
          "St Elsewhere",
          "--purpose",
          purpose,
          "--data",
          "patient",
          "--asset-reference",
          "@IAR-1");
    }

    @Test
    @DisplayName("refuses what steers a terminal or turns the direction, and says so harmlessly")
    void refuses() {
      for (String mark : List.of("\u001b[2J", "\u009b2J", "\n", "\u2028", "\u202e", "\u200f")) {
        for (Result refused :
            List.of(
                enter("N" + mark + "HS", "60A44C413FAEF471", "Carries letters to the hospice"),
                enter("NHS-1", "60A4" + mark + "4C41", "Carries letters to the hospice"),
                enter("NHS-1", "60A44C413FAEF471", "Carries letters to " + mark + "hospice"))) {
          assertThat(refused.code()).as("U+%04X", (int) mark.charAt(0)).isEqualTo(64);
          assertHarmless(refused.err(), 2);
        }
      }
      assertThat(enter("NHS\u200d-1", "60A44C413FAEF471", "Carries letters to hospices").code())
          .as("a tag that looks like another one")
          .isEqualTo(64);
      assertThat(register.ok("device", "list").out()).isEmpty();
    }

    @Test
    @DisplayName("exports no cell that a spreadsheet runs, and reads it back as it was")
    void csv() throws IOException {
      assertThat(enter("NHS-1", "60A44C413FAEF471", MARKUP).code()).isZero();
      register.ok("device", "export", "--to", "a.csv");

      assertHarmless(desk.text("a.csv"), 2);
      for (String cell : desk.text("a.csv").lines().skip(1).findFirst().get().split(",")) {
        assertThat(cell.replaceFirst("^\"", "")).doesNotContainPattern("^[=+@-]");
      }
      assertThat(desk.run("device", "import", "a.csv", "--register", "b.db").code()).isZero();
      assertThat(desk.run("device", "show", "NHS-1", "--register", "b.db", "--json").out())
          .contains("\"=HYPERLINK(\\\"x\\\")\"", "\"+m.anager\"", MARKUP);
    }
  }
}
