package uk.usbguard.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.cli.Desk.Result;

/** policy check and show. */
class PolicyCheckTest {

  @TempDir private Path temp;
  private Desk desk;

  @BeforeEach
  void sitDown() throws IOException {
    desk = new Desk(temp).at(Clock.fixed(Instant.parse("2026-11-24T09:00:00Z"), ZoneOffset.UTC));
  }

  @Test
  @DisplayName("a shipped profile is printed with its comments, and is sound")
  void showsAProfile() throws IOException {
    Result shown = desk.run("policy", "show", "no-write");
    desk.file("mine.yaml", shown.out());

    assertThat(shown.code()).isZero();
    assertThat(shown.out()).startsWith("# no-write: ").contains("writing: never");
    assertThat(desk.run("policy", "check", "mine.yaml").out())
        .matches("mine.yaml is sound: [0-9]+ rules, version 1\\.\\R");
    assertThat(desk.run("policy", "show", "nhs").code()).isEqualTo(66);
  }

  @Test
  @DisplayName("GOV-03: every mistake is named with line and column")
  void checkNamesEveryMistake() throws IOException {
    desk.file(
        "bad.yaml", "format: 1\nname: x\nversion: 1\ncontact: d\nrules:\n- {id: a, efect: 1}\n");

    Result checked = desk.run("policy", "check", "bad.yaml");

    assertThat(checked.code()).isEqualTo(65);
    assertThat(checked.out())
        .contains("bad.yaml:6:3: The key effect is missing.")
        .contains("bad.yaml:6:3: The key reason is missing.")
        .contains("bad.yaml:6:11: The key efect is not known here.");
    assertThat(desk.run("policy", "check", "bad.yaml", "--json").out())
        .contains("\"sound\":false", "\"kind\":\"unknown-key\"", "\"line\":6");
    assertThat(desk.run("policy", "explain", "bad.yaml").code()).isEqualTo(65);
  }

  @Test
  @DisplayName("GOV-03: of many mistakes 100 are shown, with how many there are")
  void checkStopsAfterAHundred() throws IOException {
    StringBuilder yaml = new StringBuilder("format: 1\nname: x\nversion: 1\ncontact: d\nrules:\n");
    for (int i = 0; i < 500; i++) {
      yaml.append("- {id: a").append(i).append(", efect: 1}\n");
    }
    desk.file("bad.yaml", yaml.toString());

    Result checked = desk.run("policy", "check", "bad.yaml");

    assertThat(checked.code()).isEqualTo(65);
    assertThat(checked.out().lines()).hasSize(101);
    assertThat(checked.out()).contains("bad.yaml: 1,500 problems. The first 100 are shown");
    assertThat(checked.err()).contains("Problems: 1500; see above.");
    assertThat(desk.run("policy", "check", "bad.yaml", "--json").out())
        .contains("\"problemCount\":1500");
  }

  @Test
  @DisplayName(
      "GOV-03: what is wrong with a file as a whole has no line; a character has its number")
  void problemsOfTheWholeFile() throws IOException {
    desk.file("empty.yaml", "");
    desk.file("hidden.yaml", "format: 1\nname: \"a\\u200bb\"\n");

    assertThat(desk.run("policy", "check", "empty.yaml").out())
        .startsWith("empty.yaml: ")
        .doesNotContain(":0:0");
    assertThat(desk.run("policy", "check", "hidden.yaml").out())
        .contains("hidden.yaml:2:7: The character U+200B is not allowed");
  }

  @Test
  @DisplayName("GOV-03: a policy too large to be searched for rules that never match says so")
  void checkSaysWhatItDidNotLookAt() throws IOException {
    StringBuilder yaml = new StringBuilder("format: 1\nname: x\nversion: 1\ncontact: d\nrules:\n");
    String users =
        IntStream.range(0, 2_100).mapToObj(i -> "u" + i).collect(Collectors.joining(", "));
    for (int i = 0; i < 700; i++) {
      yaml.append("- id: a").append(i).append("\n  when: {user: [").append(users);
      yaml.append(", x").append(i).append("]}\n  effect: block\n  reason: unregistered\n");
    }
    desk.file("large.yaml", yaml.toString());

    Result checked =
        assertTimeoutPreemptively(
            Duration.ofSeconds(60), () -> desk.run("policy", "check", "large.yaml"));

    assertThat(checked.code()).as(checked.out()).isZero();
    assertThat(checked.err()).contains("too large to be searched for rules that can never match");
  }

  @Test
  @DisplayName(
      "GOV-03: a policy that is empty, of 20 GiB, or not UTF-8 is refused, and none is used")
  void noPolicyAtAll() throws IOException {
    desk.file("empty.yaml", "");
    desk.file("huge.yaml", "format: 1\n");
    try (var file = new RandomAccessFile(desk.folder.resolve("huge.yaml").toFile(), "rw")) {
      file.setLength(20L << 30); // sparse: nobody may read it to the end, or hold it
    }
    Files.write(desk.folder.resolve("latin.yaml"), "name: caf\u00e9\n".getBytes(ISO_8859_1));
    Map<String, String> kinds =
        Map.of("empty.yaml", "empty", "huge.yaml", "too-large", "latin.yaml", "not-utf8");
    kinds.forEach(
        (file, kind) -> {
          Result checked = desk.run("policy", "check", file, "--json");
          assertThat(checked.code()).as(checked.err()).isEqualTo(65);
          assertThat(checked.out()).contains("\"sound\":false", "\"kind\":\"" + kind + "\"");
        });
  }

  @Test
  @DisplayName("AUD-06 a review is due a year later, overdue a day after that, with whom to ask")
  void reviewIsDue() throws IOException {
    String yaml =
        """
        format: 1
        name: ward
        version: 1
        contact: extension 4567
        review: {last: 2025-11-24, by: I. Governor}
        rules:
          - {id: a, effect: block, reason: unregistered}
        """;
    desk.file("due.yaml", yaml);
    desk.file("overdue.yaml", yaml.replace("11-24", "11-23"));
    desk.file("future.yaml", yaml.replace("2025-11-24", "2026-11-25"));

    Result due = desk.run("policy", "check", "due.yaml");
    assertThat(due.code()).isZero();
    assertThat(due.out()).contains("To be reviewed by 2026-11-24.");
    assertThat(due.err()).isEmpty();
    Result overdue = desk.run("policy", "check", "overdue.yaml");
    assertThat(overdue.code()).isZero();
    assertThat(overdue.err())
        .contains("last reviewed on 2025-11-23", "due on 2026-11-23")
        .contains("Ask I. Governor", "extension 4567");
    assertThat(desk.run("policy", "check", "overdue.yaml", "--json").err())
        .contains("\"id\":\"policy-review-overdue\"");
    assertThat(
            desk.run("policy", "explain", "overdue.yaml", "--facts", PolicyExplainTest.GOOD).err())
        .contains("due on 2026-11-23");
    assertThat(desk.run("policy", "check", "future.yaml").err())
        .contains("2026-11-25, a day that has not come", "I. Governor");
  }
}
