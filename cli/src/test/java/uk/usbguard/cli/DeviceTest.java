package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.cli.Desk.Result;

/** device, org. */
class DeviceTest extends AtRegisterDesk {

  @Test
  @DisplayName("REG-08 LEAV-02 a drive goes through its life, each step by its own command")
  void wholeLife() {
    register.register("NHS-1", "60A44C413FAEF471");
    Result early = run("device", "issue", "NHS-1");
    assertThat(early.code()).isEqualTo(80);
    assertThat(early.err()).contains("is requested and cannot become issued", "device approve");
    assertThat(run("device", "approve", "NHS-1", "--risk-assessment", "RA-1").code())
        .as("the desk asked for it")
        .isEqualTo(80);
    register.issue("NHS-1");
    assertThat(run("device", "lost", "NHS-1").err()).contains("reason is missing");
    ok("device", "suspend", "NHS-1", "--reason", "on leave");
    ok("device", "resume", "0951:1666:60a44c413faef471", "--reason", "back");
    ok("device", "lost", "NHS-1", "--reason", "left in a taxi");
    ok("device", "found", "NHS-1", "--reason", "handed in");
    assertThat(run("device", "clear", "NHS-1", "--back-in-use", "--reason", "x").code())
        .isEqualTo(80);
    ok("device", "clear", "NHS-1", "--to-be-wiped", "--reason", "seal broken", "--as", "ig.lead");
    ok("device", "wiped", "NHS-1", "--failed", "--reason", "sector 17");
    ok("device", "wiped", "NHS-1", "--certificate", "CERT-1", "--method", "one pass");
    ok("device", "retire", "NHS-1", "--reason", "worn out");

    String shown = ok("device", "show", "nhs-1").out();
    assertThat(shown)
        .contains("NHS-1 is disposed: it may not be used.", "reported lost  left in a taxi")
        .contains("asset tag: NHS-1", "most sensitive data: patient", "ownership: one named person")
        .containsPattern("time of the wipe: [0-9]{1,2} [A-Z]")
        .containsPattern("day of the next review: [0-9]{1,2} [A-Z]")
        .doesNotContain("wipedAt", "dataClass")
        .doesNotContainPattern("[0-9]T[0-9]{2}:");
    assertThat(ok("device", "show", "NHS-1", "--json").out())
        .contains("\"type\":\"device-show\"", "\"wipeCertificate\":\"CERT-1\"")
        .doesNotContain("\"entry\"")
        .containsPattern("\"wipedAt\":\"[0-9-]+T[0-9:.]+Z\"");
  }

  @Test
  @DisplayName("REG-01 REG-02 an incomplete entry is refused, and the answer names what is missing")
  void refusesIncompleteEntries() {
    Result vague =
        run(
            "device",
            "register",
            "NHS-1",
            "--model",
            "0951:1666",
            "--owner",
            "a",
            "--manager",
            "m",
            "--organisation",
            "o",
            "--purpose",
            "misc misc misc misc misc",
            "--data",
            "patient");
    assertThat(vague.code()).isEqualTo(64);
    assertThat(vague.err()).contains("The purpose says nothing.");
    assertThat(run("device", "register", "NHS-1", "--model", "0951:1666").code()).isEqualTo(64);
    assertThat(run("device", "show", "NHS-1").code()).isEqualTo(66);
  }

  @Test
  @DisplayName("REG-09 what is exported and imported again is exported the same")
  void roundTrips() throws IOException {
    register.register("NHS-1", "60A44C413FAEF471");
    register.register("=HYPERLINK(\"x\")", "");
    register.issue("NHS-1");
    for (String name : List.of("a.csv", "a.json")) {
      Path file = desk.folder.resolve(name);
      ok("device", "export", "--to", name);
      Result again =
          desk.run("device", "import", name, "--register", name + ".db", "--as", "other", "--json");
      assertThat(again.code()).as(again.err() + again.out()).isZero();
      assertThat(again.out()).contains("\"added\":2", "\"weakSerials\":1");
      desk.run("device", "export", "--to", "again" + name, "--register", name + ".db");
      assertThat(desk.text("again" + name)).isEqualTo(Files.readString(file));
    }
    assertThat(desk.text("a.csv")).contains("'=HYPERLINK").doesNotContain(",=");
    assertThat(ok("device", "import", "a.csv", "--json").out()).contains("\"unchanged\":2");
  }

  @Test
  @DisplayName("REG-09 an export whose parts a tool sorted is imported; half a document is not")
  void importsSortedJson() throws IOException {
    register.register("NHS-1", "60A44C413FAEF471");
    ok("device", "export", "--to", "a.json");
    String head = "{\"type\":\"device-export\",\"version\":1,\"devices\":[";
    String text = desk.text("a.json").strip();
    assertThat(text).startsWith(head);
    String devices = "{\"devices\":[" + text.substring(head.length(), text.length() - 1);
    desk.file("sorted.json", devices + ",\"type\":\"device-export\",\"version\":1}");
    desk.file("half.json", devices + ",\"type\":\"device-export\"}");

    Result half = desk.run("device", "import", "half.json", "--register", "b.db");
    assertThat(half.code()).isEqualTo(65);
    assertThat(half.err()).contains("not whole", "without version", "Nothing was taken");
    Result sorted = desk.run("device", "import", "sorted.json", "--register", "b.db");
    assertThat(sorted.code()).as(sorted.err()).isZero();
    assertThat(sorted.out()).contains("1 added");
  }

  @Test
  @DisplayName("CHK-01 CHK-02 a check-in is recorded, and what is wrong with the PC names the desk")
  void checksIn() {
    register.register("NHS-1", "60A44C413FAEF471");
    register.issue("NHS-1");
    Result seen =
        ok(
            "device",
            "check-in",
            "NHS-1",
            "--software",
            "1.0",
            "--policy-version",
            "7",
            "--antivirus-days",
            "8",
            "--pending-updates",
            "3");
    assertThat(seen.err())
        .contains("8 days old", "3 updates wait", "call 01632 960123")
        .doesNotContain("Nobody");
    assertThat(ok("device", "check-in", "NHS-1", "--software", "1.0").err()).contains("Nobody");
    Result early = run("device", "check-in", "NHS-1", "--seen", "2990-01-01T00:00:00Z");
    assertThat(early.code()).isEqualTo(64);
    assertThat(early.err()).contains("lies in the future: 2990-01-01");
    assertThat(ok("device", "check-in", "NHS-1", "--seen", "2020-01-01T00:00:00Z").out())
        .contains("clock");
    assertThat(run("device", "check-in", "NHS-1", "--seen", "today").code()).isEqualTo(64);
    assertThat(
            run("device", "check-in", "NHS-1", "--software", "1", "--pending-updates", "-1").code())
        .isEqualTo(64);
  }

  @Test
  @DisplayName("LEAV-01 the leaver's drives are suspended and the manager is named")
  void leaver() {
    register.register("NHS-1", "60A44C413FAEF471");
    register.issue("NHS-1");

    String report = ok("device", "leaver", "A.Nurse", "--reason", "leaves").out();
    assertThat(report).contains("NHS-1  suspended", "Tell the line manager: m.anager");
    assertThat(ok("device", "list", "--state", "suspended", "--json").out())
        .contains("\"tag\":\"NHS-1\"");
  }

  @Test
  @DisplayName("The same identity twice is refused, and with leave a finding")
  void findings() {
    register.register("NHS-1", "60A44C413FAEF471");
    String[] second = {
      "device", "register", "NHS-2", "--model", "0951:1666", "--serial", "60A44C413FAEF471",
      "--owner", "b", "--manager", "m", "--organisation", "o", "--purpose",
      "Carries rota plans between two sites", "--data", "business", "--shared-identity"
    };
    assertThat(run(Arrays.copyOf(second, second.length - 1)).code()).isEqualTo(73);
    ok(second);
    assertThat(ok("device", "findings").out().strip())
        .isEqualTo("0951:1666:60A44C413FAEF471: NHS-1, NHS-2");
    assertThat(run("device", "show", "0951:1666:60A44C413FAEF471").code()).isEqualTo(64);
  }

  @Test
  @DisplayName("A damaged register is said to be so, and comes back from its last backup")
  void restores() throws IOException {
    register.register("NHS-1", "60A44C413FAEF471");
    Path file = desk.folder.resolve("r.db");
    Files.write(file, new byte[8192]);
    Files.deleteIfExists(desk.folder.resolve("r.db-wal"));

    Result damaged = run("device", "list");
    assertThat(damaged.code()).isEqualTo(65);
    assertThat(damaged.err())
        .contains(file + " is not a register", "usbguard device restore")
        .doesNotContain("SQLite");
    Result restored = desk.run("device", "restore", "--register", "r.db", "--yes");
    assertThat(restored.code()).as(restored.err()).isZero();
    assertThat(ok("org", "show").out()).contains("St Elsewhere");
  }

  @Test
  @DisplayName("REG-09 what is no sound backup of a register does not take its place")
  void refusesUnfitBackups() throws Exception {
    register.register("NHS-1", "60A44C413FAEF471");
    desk.file("foreign.db", "a letter, and no register at all");
    Files.copy(desk.folder.resolve("r.db"), desk.folder.resolve("newer.db"));
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + desk.folder.resolve("newer.db"));
        var statement = connection.createStatement()) {
      statement.execute("UPDATE register_migration SET version = '99' WHERE version = '2'");
    }

    assertThat(unfit("nosuch.db")).contains("there is no such file. Nothing was changed.");
    assertThat(unfit("foreign.db")).contains("it cannot be read as a register");
    assertThat(unfit("newer.db")).contains("a newer release has made it");
    assertThat(ok("device", "list").out()).contains("NHS-1");
    assertThat(run("device", "list").code()).isZero();
    assertThat(desk.run("device", "list", "--register", "").err()).contains("is empty");
  }

  private String unfit(String backup) {
    Result refused = desk.run("device", "restore", "--register", "r.db", "--yes", "--from", backup);
    assertThat(refused.code()).as(refused.err()).isEqualTo(65);
    return refused.err();
  }

  @Test
  void saysWhereARegisterIsMissingOrBadlyNamed() {
    Result none = desk.run("device", "list", "--register", "none.db");
    assertThat(none.code()).isEqualTo(66);
    assertThat(none.err()).contains("There is no register " + desk.folder.resolve("none.db"));
    Result password = desk.run("device", "list", "--register", "postgresql://u:secret@h/d");
    assertThat(password.code()).isEqualTo(64);
    assertThat(password.err()).doesNotContain("secret");
    assertThat(run("device", "list", "--state", "gone").code()).isEqualTo(64);
    assertThat(run("device").code()).isEqualTo(64);
  }
}
