package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.cli.Desk.Result;

/** audit, and what the other commands record. */
class AuditTest {

  @TempDir private Path temp;
  private Desk desk;

  @BeforeEach
  void sitDown() throws IOException {
    desk = new Desk(temp).withLetters();
  }

  private Path logFile() {
    return desk.state.auditLog().resolve("audit-000001.log");
  }

  private void begin() {
    Result begun = desk.run("audit", "begin");
    assertThat(begun.code()).as(begun.err()).isZero();
  }

  @Test
  @DisplayName(
      "AUD-02 in the profile fips a log signs by ECDSA P-384, and a log keeps its algorithm")
  void theProfileSaysHowALogSigns() {
    assertThat(desk.run("audit", "begin", "--profile", "fips").code()).isZero();
    assertThat(desk.run("audit", "begin", "--profile", "FIPS").code()).isZero();
    assertThat(desk.run("audit", "begin").code()).isZero();
    assertThat(desk.state.auditLog().resolve("audit.pub"))
        .content()
        .startsWith("usbguard public key, ECDSA-P384, ");
    assertThat(desk.run("audit", "verify").code()).isZero();

    Result other = desk.run("audit", "begin", "--profile", "standard");
    assertThat(other.code()).isEqualTo(64);
    assertThat(other.err()).contains("This audit log signs with ECDSA-P384");
    assertThat(desk.run("audit", "begin", "--profile", "none").err())
        .contains("There is no profile none.");
  }

  @Test
  @DisplayName("AUD-01 each command on a container is recorded, with how it ended and why")
  void commandsAreRecorded() throws IOException {
    begin();
    desk.unlocked("mkdir", "c.ugc", "new");
    desk.unlocked("rm", "c.ugc", "letters/a.txt");
    desk.unlocked("put", "c.ugc", "letters/a.txt");
    desk.unlocked("get", "c.ugc", "letters/b.txt", "--to", "out");
    desk.unlocked("compact", "c.ugc");
    desk.unlocked("verify", "c.ugc");
    desk.unlocked("key", "add", "c.ugc", "--type", "recovery", "--recovery-to-stdout");
    desk.unlocked("key", "remove", "c.ugc", "--slot", "1", "--yes");
    desk.pipe(
        Desk.PHRASE + "\nshort\n",
        "passphrase",
        "c.ugc",
        "--passphrase-stdin",
        "--new-passphrase-stdin");
    desk.pipe("wrong\n", "ls", "c.ugc", "--passphrase-stdin");
    desk.unlocked("encrypt", "letters", "--to", "d.ugc", "--no-recovery-key");

    List<String> shown =
        desk.run("audit", "show").out().lines().map(AuditTest::actionAndResult).toList();
    assertThat(shown)
        .containsExactly(
            "container-change succeeded",
            "container-change succeeded",
            "container-store succeeded",
            "container-export succeeded",
            "container-compact succeeded",
            "container-verify succeeded",
            "key-add succeeded",
            "key-remove succeeded",
            "passphrase-change denied",
            "container-read failed",
            "container-store succeeded");
    assertThat(desk.run("audit", "show", "--result", "failed").out())
        .contains("(wrong-passphrase)")
        .contains("nurse@ward-5-pc");
    assertThat(desk.run("audit", "verify").code()).isZero();
  }

  private static String actionAndResult(String line) {
    String[] columns = line.split(" {2}", -1);
    return columns[3] + " " + columns[4].replaceAll(" .*", "");
  }

  @Test
  @DisplayName("AUD-03 neither names nor secrets are in the log")
  void neitherNamesNorSecretsAreInTheLog() throws IOException {
    begin();
    desk.file("src/Smith-John-canary.txt", "content-canary");
    desk.unlocked("encrypt", "src", "--to", "Smith-canary.ugc", "--no-recovery-key");
    desk.unlocked("cat", "Smith-canary.ugc", "src/Smith-John-canary.txt");

    try (Stream<Path> files = Files.list(desk.state.auditLog())) {
      assertThat(files.toList())
          .hasSizeGreaterThan(3)
          .allSatisfy(
              file ->
                  assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                      .doesNotContain("canary", "Smith", Desk.PHRASE));
    }
    assertThat(desk.run("audit", "show", "--name", "Smith-canary.ugc").out().lines()).hasSize(2);
    assertThat(desk.run("audit", "show", "--name", "c.ugc").out()).isEmpty();
  }

  @Test
  void nothingIsRecordedWhereNoLogWasBegun() {
    desk.unlocked("mkdir", "c.ugc", "new");

    assertThat(Files.exists(desk.state.auditLog())).isFalse();
    assertThat(desk.run("audit", "show").code()).isEqualTo(66);
    assertThat(desk.run("audit", "verify").code()).isEqualTo(66);
  }

  @Test
  @DisplayName("AUD-02 a changed entry, and a log cut short, are found: exit code 65 and the place")
  void aChangedEntryIsFound() throws IOException {
    begin();
    desk.unlocked("mkdir", "c.ugc", "new");
    String good = Files.readString(logFile());
    Files.writeString(logFile(), good.replace("\"result\":\"succeeded\"", "\"result\":\"failed\""));

    Result changed = desk.run("audit", "verify");
    assertThat(changed.code()).isEqualTo(65);
    assertThat(changed.out()).contains("changed: entry 4 (audit-000001.log, line 4)");
    assertThat(desk.run("audit", "verify", "--json").out())
        .contains("\"kind\":\"edited\",\"first\":4,\"last\":4", "\"line\":4", "\"sound\":false");

    List<String> lines = good.lines().toList();
    Files.writeString(logFile(), String.join("\n", lines.subList(0, 2)) + "\n");
    Result cut = desk.run("audit", "verify");
    assertThat(cut.code()).isEqualTo(65);
    assertThat(cut.out()).contains("cut off at the end: entries 3 to 5");
  }

  @Test
  @DisplayName("AUD-02 a device in place of a log file: 65 and its name, and nothing is written")
  void aDeviceIsNoLogFile() throws IOException {
    begin();
    Files.delete(logFile());
    Files.createSymbolicLink(logFile(), Path.of("/dev/zero"));

    Result verified = desk.run("audit", "verify");
    assertThat(verified.code()).as(verified.err()).isEqualTo(65);
    assertThat(verified.out())
        .contains("no file: audit-000001.log is a link, a device or the like");
    assertThat(desk.run("audit", "show").code()).isEqualTo(65);
    Result made = desk.unlocked("mkdir", "c.ugc", "new");
    assertThat(made.code()).isZero();
    assertThat(made.err()).contains("not recorded", "has the name of a file of the log");
  }

  @Test
  @DisplayName("AUD-02 a log that was removed is missed by verify and by whatever would record")
  void aRemovedLogIsMissed() throws IOException {
    begin();
    desk.unlocked("mkdir", "c.ugc", "new");
    Files.delete(logFile());

    Result withKeys = desk.run("audit", "verify");
    assertThat(withKeys.code()).as(withKeys.err()).isEqualTo(65);
    assertThat(withKeys.out())
        .contains("removed: entries 1 to 5 of a log", "information governance");
    try (Stream<Path> files = Files.list(desk.state.auditLog())) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(desk.state.auditLog());

    assertThat(desk.run("audit", "verify", "--json").out())
        .contains("\"kind\":\"gone\",\"first\":1,\"last\":5");
    assertThat(desk.run("audit", "show").err()).contains("audit log that was in", "is gone");
    Result made = desk.unlocked("mkdir", "c.ugc", "two");
    assertThat(made.code()).isZero();
    assertThat(made.err()).contains("audit log that was in", "is gone");
    begin();
    assertThat(desk.unlocked("mkdir", "c.ugc", "three").err()).doesNotContain("is gone");
    assertThat(desk.run("audit", "verify").out()).contains("another log was here once");
  }

  @Test
  @DisplayName(
      "AUD-02 a log whose public key is missing is not taken for a drive that is unplugged")
  void aMissingKeyIsCalledOne() throws IOException {
    begin();
    Files.delete(desk.state.auditLog().resolve("audit.pub"));

    Result verified = desk.run("audit", "verify");
    assertThat(verified.code()).isEqualTo(65);
    assertThat(verified.err()).contains("A key of the audit log is missing");
  }

  @Test
  @DisplayName("AUD-02 a head that was written down finds what the memory of this PC does not")
  void aHeadThatWasWrittenDownIsEnough() throws IOException {
    begin();
    desk.unlocked("mkdir", "c.ugc", "new");
    String head = desk.run("audit", "show", "--head").out().strip();
    List<String> lines = Files.readAllLines(logFile());
    Files.writeString(logFile(), String.join("\n", lines.subList(0, 2)) + "\n");
    try (Stream<Path> remembered = Files.list(temp.toRealPath().resolve(".state/audit-heads"))) {
      for (Path file : remembered.toList()) {
        Files.delete(file);
      }
    }

    assertThat(desk.run("audit", "verify").code()).isZero();
    assertThat(desk.run("audit", "verify", "--head", head).code()).isEqualTo(65);
    assertThat(desk.run("audit", "verify", "--head", "nonsense").code()).isEqualTo(64);
  }

  @Test
  void aLogCanLieElsewhere() {
    Result made = desk.unlocked("mkdir", "c.ugc", "new", "--audit", "log");

    assertThat(made.code()).as(made.err()).isZero();
    assertThat(desk.run("audit", "show", "--audit", "log", "--json").out())
        .contains("\"type\":\"audit-event\"", "\"action\":\"container-change\"");
  }

  @Test
  @DisplayName("a log that cannot be written keeps nobody from the data, unless it was named")
  void aLogThatCannotBeWrittenIsAWarning() throws IOException {
    begin();
    Files.delete(desk.state.auditLog().resolve("audit.key"));

    Result warned = desk.unlocked("mkdir", "c.ugc", "new");
    assertThat(warned.code()).isZero();
    assertThat(warned.err()).contains("not recorded in the audit log");
    Result refused =
        desk.unlocked("mkdir", "c.ugc", "two", "--audit", desk.state.auditLog().toString());
    assertThat(refused.code()).isEqualTo(65);
    assertThat(desk.unlocked("ls", "c.ugc").out()).contains("new").doesNotContain("two");
  }

  @Test
  void exportsForOtherSystems() {
    begin();
    desk.unlocked("mkdir", "c.ugc", "new");

    assertThat(desk.run("audit", "export").out()).startsWith("{\"type\":\"audit-event\",");
    assertThat(desk.run("audit", "export", "--format", "cef").out())
        .matches("(?s)CEF:0[|]usbguard[|]usbguard[|][0-9]+[.][0-9]+[.][0-9].*")
        .contains("|container-change|container-change succeeded|3|");
    assertThat(desk.run("audit", "export", "--format", "syslog").out())
        .startsWith("<109>1 ")
        .contains(" ward-5-pc usbguard - container-change [usbguard@32473 ");
    assertThat(desk.run("audit", "export", "--format", "xml").code()).isEqualTo(64);
  }

  @Test
  void filtersByTimeActionAndResult() {
    begin();
    desk.unlocked("mkdir", "c.ugc", "new");

    assertThat(desk.run("audit", "show", "--since", "2000-01-01").out()).isNotEmpty();
    assertThat(desk.run("audit", "show", "--until", "2000-01-01T00:00:00Z").out()).isEmpty();
    Result never =
        desk.run("audit", "show", "--since", "2026-11-25", "--until", "2026-11-24T23:00:00Z");
    assertThat(never.code()).isEqualTo(64);
    assertThat(never.err()).contains("--since 2026-11-25 is later than --until");
    assertThat(desk.run("audit", "show", "--action", "container-change").out()).isNotEmpty();
    assertThat(desk.run("audit", "show", "--action", "key-add").out()).isEmpty();
    assertThat(desk.run("audit", "show", "--action", "dancing").code()).isEqualTo(64);
    assertThat(desk.run("audit", "show", "--result", "maybe").code()).isEqualTo(64);
    assertThat(desk.run("audit", "show", "--since", "yesterday").code()).isEqualTo(64);
  }
}
