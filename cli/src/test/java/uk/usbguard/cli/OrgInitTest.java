package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.cli.Desk.Result;
import uk.usbguard.cli.console.ScriptedTerminal;

/** org init run again: what was decided does not change in passing. */
class OrgInitTest extends AtRegisterDesk {

  @Override
  boolean isAudited() {
    return true;
  }

  private static String[] anew(String... more) {
    List<String> words = new ArrayList<>(List.of("org", "init", "--name", "St Elsewhere"));
    words.addAll(List.of("--service-desk", "01632 960999", "--governance", "ig@example.org"));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private String shown() {
    return register.ok("org", "show").out();
  }

  @Test
  @DisplayName("USB-10 run again with other values it shows them, needs a reason and asks")
  void changesNothingInPassing() {
    String change = "This changes service desk: 01632 960123 -> 01632 960999";
    Result silent = register.run(anew("--yes"));
    assertThat(silent.code()).isEqualTo(64);
    assertThat(silent.err()).contains(change, "reason is missing", "with --reason");
    Result unasked = register.run(anew("--reason", "moved"));
    assertThat(unasked.code()).isEqualTo(64);
    assertThat(unasked.err()).contains(change, "--yes", "Nothing was changed");

    ScriptedTerminal doubtful = ScriptedTerminal.answering("no");
    String[] words = anew("--reason", "moved", "--register", "r.db", "--as", "clerk");
    assertThat(desk.with(doubtful, words).code()).isEqualTo(1);
    assertThat(shown()).contains("service desk: 01632 960123").doesNotContain("960999");
    ScriptedTerminal sure = ScriptedTerminal.answering("St Elsewhere");
    assertThat(desk.with(sure, words).code()).isZero();
    assertThat(sure.prompts().get(0)).contains("every drive in the register");
    assertThat(shown())
        .contains("service desk: 01632 960999")
        .containsPattern("clerk  service desk: 01632 960123 -> 01632 960999  moved");
    assertThat(register.ok("org", "show", "--json").out())
        .contains("\"setting\":\"service-desk\",\"from\":\"01632 960123\",\"to\":\"01632 960999\"");
  }

  @Test
  @DisplayName("USB-10 run again with equal values it says so, and asks for nothing")
  void equalValues() {
    Result again = register.tryInit();
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.out()).contains("Nothing was changed");
    assertThat(again.err()).isEmpty();
    assertThat(register.tryInit("--json").out()).contains("\"changes\":[]");
    assertThat(shown()).doesNotContain("->");
  }

  @Test
  @DisplayName("org init run again keeps what was decided and is not said")
  void keepsWhatIsNotSaid() {
    String[] agreed = {"--reason", "new year", "--yes"};
    register.init("--agreement", "3", "--check-in-days", "1,2,3", agreed[0], agreed[1], agreed[2]);
    assertThat(register.ok(anew(agreed)).out())
        .contains("ig.lead", "agreement in force: version 3", "unseen for 1 days");
    assertThat(register.run(anew("--without-asset-reference", "--json")).err())
        .contains("entry in the asset register needed: yes -> no");
  }

  @Test
  @DisplayName("USB-10 AUD-01 the audit log has what was changed, and none of the values")
  void isRecorded() {
    register.ok(anew("--governance-person", "b.canary", "--reason", "CANARY", "--yes"));
    String log = desk.run("audit", "show", "--action", "organisation-change", "--json").out();
    assertThat(log.lines())
        .hasSize(2)
        .allMatch(line -> line.contains("\"actor\":\"desk\""))
        .anyMatch(line -> line.contains("\"id\":\"service-desk\""))
        .anyMatch(line -> line.contains("\"id\":\"governance-people\""));
    assertThat(log).doesNotContainIgnoringCase("canary").doesNotContain("960999");
  }

  @Test
  @DisplayName("GOV-03 another signing key needs a reason before anybody thinks of a passphrase")
  void signingKeyNeedsAReason() {
    String[] words = {
      "--signing-key", "org.key", "--new-passphrase-stdin", "--register", "r.db", "--yes"
    };
    List<String> all = new ArrayList<>(List.of("org", "init", "--name", "St Elsewhere"));
    all.addAll(List.of("--service-desk", "01632 960123", "--governance", "ig@example.org"));
    all.addAll(List.of(words));
    Result silent = desk.pipe(Desk.PHRASE + "\n", all.toArray(String[]::new));
    assertThat(silent.code()).isEqualTo(64);
    assertThat(silent.err()).contains("signs with: (nothing) -> a new key in org.key");
    assertThat(desk.has("org.key")).isFalse();
    all.addAll(List.of("--reason", "policies are signed"));
    Result made = desk.pipe(Desk.PHRASE + "\n", all.toArray(String[]::new));
    assertThat(made.code()).as(made.err()).isZero();
    assertThat(shown()).contains("policies are signed");
  }

  @Test
  @DisplayName("GOV-03 a decision that failed leaves no key, and can be tried again")
  void lockedRegisterLeavesNoKey() throws Exception {
    List<String> all = new ArrayList<>(List.of(anew("--signing-key", "org.key")));
    all.addAll(List.of("--new-passphrase-stdin", "--register", "r.db", "--yes"));
    all.addAll(List.of("--reason", "policies are signed"));
    String[] words = all.toArray(String[]::new);
    String database = "jdbc:sqlite:" + desk.folder.resolve("r.db");
    try (var other = DriverManager.getConnection(database);
        var statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      Result locked = desk.pipe(Desk.PHRASE + "\n", words);
      assertThat(locked.code()).as(locked.err()).isEqualTo(75);
      statement.execute("ROLLBACK");
    }
    assertThat(desk.has("org.key")).isFalse();
    assertThat(desk.has("org.key.pub")).isFalse();
    Result again = desk.pipe(Desk.PHRASE + "\n", words);
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(desk.has("org.key")).isTrue();
  }

  @Test
  @DisplayName("USB-10 a name with a comma that was meant as two is mended")
  void mendsAName() {
    register.ok(anew("--governance-person", "Ann Lee, Bob Ray", "--reason", "new", "--yes"));
    String[] two = {"--governance-person", "Ann Lee", "--governance-person", "Bob Ray"};
    String[] mended = {two[0], two[1], two[2], two[3], "--reason", "mistyped", "--yes"};
    assertThat(register.ok(anew(mended)).out())
        .contains("may clear found drives: Ann Lee; Bob Ray")
        .doesNotContain("Nothing was changed");
  }
}
