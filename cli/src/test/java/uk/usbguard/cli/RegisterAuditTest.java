package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import uk.usbguard.cli.Desk.Result;

/** What device, org, policy sign and scan leave in the audit log. */
class RegisterAuditTest extends AtRegisterDesk {

  /** What only looks. */
  private static final Set<String> NOT_RECORDED =
      Set.of(
          "completion",
          "device findings",
          "device list",
          "device show",
          "help",
          "org show",
          "passphrase generate",
          "policy baseline",
          "policy check",
          "policy show");

  @Override
  boolean isAudited() {
    return true;
  }

  /** Action, result, about and actor of each entry. */
  private List<String> shown(String... filter) {
    List<String> words = new ArrayList<>(List.of("audit", "show"));
    words.addAll(List.of(filter));
    Result shown = desk.run(words.toArray(String[]::new));
    assertThat(shown.code()).as(shown.err()).isZero();
    return shown
        .out()
        .lines()
        .map(line -> line.split(" {2}", -1))
        .map(part -> part[3] + " " + part[4] + " " + part[5] + part[2].replaceFirst("\\S+", ""))
        .filter(line -> !line.startsWith("audit-"))
        .toList();
  }

  @Test
  @DisplayName("AUD-01 every step of a drive's life is recorded: which drive, who, how it ended")
  void wholeLife() {
    register.register("NHS-1", "60A44C413FAEF471");
    register.run("device", "approve", "NHS-1", "--risk-assessment", "RA-1");
    register.issue("NHS-1");
    register.ok("device", "suspend", "0951:1666:60A44C413FAEF471", "--reason", "on leave");
    register.ok("device", "resume", "NHS-1", "--reason", "back");
    register.run("device", "lost", "NHS-1");
    register.ok("device", "lost", "NHS-1", "--reason", "left in a taxi");
    register.ok("device", "found", "NHS-1", "--reason", "handed in");
    register.ok(
        "device", "clear", "NHS-1", "--to-be-wiped", "--reason", "seal broken", "--as", "ig.lead");
    register.ok("device", "wiped", "NHS-1", "--failed", "--reason", "sector 17");
    register.ok("device", "wiped", "NHS-1", "--certificate", "CERT-1", "--method", "one pass");
    register.ok("device", "retire", "NHS-1", "--reason", "worn out");
    register.run("device", "issue", "NHS-9");

    assertThat(shown())
        .map(line -> line.replaceAll(" [0-9a-f]{32}", " HASH"))
        .containsExactly(
            "organisation-init succeeded register as desk",
            "device-register succeeded device NHS-1 as desk",
            "device-approve denied (register-self-approval) device NHS-1 as desk",
            "device-approve succeeded device NHS-1 as boss",
            "device-sign-off succeeded device NHS-1 as desk",
            "device-handover succeeded device NHS-1 as desk",
            "device-issue succeeded device NHS-1 as desk",
            "device-suspend succeeded device NHS-1 as desk",
            "device-resume succeeded device NHS-1 as desk",
            "device-lost failed (register-field-missing) device NHS-1 as desk",
            "device-lost succeeded device NHS-1 as desk",
            "device-found succeeded device NHS-1 as desk",
            "device-clear succeeded device NHS-1 as ig.lead",
            "device-wipe failed (wipe-not-verified) device NHS-1 as desk",
            "device-wipe succeeded device NHS-1 as desk",
            "device-retire succeeded device NHS-1 as desk",
            "device-issue failed (register-no-such-device) device HASH as desk");
    assertThat(shown("--device", "NHS-9")).hasSize(1);
    for (String serial : List.of("60a44c413faef471", "0951:1666:60A44C413FAEF471", "nhs-1")) {
      assertThat(shown("--device", serial, "--register", "r.db"))
          .as("%s, which is not in the log", serial)
          .isEqualTo(shown("--device", "NHS-1"))
          .hasSizeGreaterThan(5);
    }
    assertThat(desk.run("audit", "verify").code()).isZero();
  }

  @Test
  @DisplayName("AUD-01 LEAV-01 of a leaver each drive that was suspended has an entry")
  void leaver() {
    register.register("NHS-1", "60A44C413FAEF471");
    register.issue("NHS-1");
    register.ok("device", "leaver", "a.nurse", "--reason", "leaves");

    assertThat(shown("--device", "NHS-1"))
        .last()
        .isEqualTo("device-suspend succeeded (leaver) device NHS-1 as desk");
    assertThat(shown("--action", "device-leaver")).hasSize(1);
    assertThat(shown("--name", "a.nurse")).as("the name is not a path").isEmpty();
  }

  @Test
  @DisplayName("AUD-01 files that go in and out, a restored register and a scan are recorded")
  void files() throws IOException {
    register.register("NHS-1", "60A44C413FAEF471");
    register.ok("device", "export", "--to", "a.csv");
    desk.run("device", "import", "a.csv", "--register", "copy.db");
    desk.run("device", "import", "missing.csv", "--register", "copy.db");
    desk.run("device", "restore", "--register", "r.db", "--yes");
    Files.write(desk.folder.resolve("r.db"), new byte[0]);
    desk.run("device", "restore", "--register", "r.db", "--yes");
    desk.file("notes.img", "not a drive");
    desk.run("scan", "notes.img");

    assertThat(shown().stream().map(line -> line.replaceAll(" [0-9a-f]{32}", " HASH")).toList())
        .containsExactly(
            "organisation-init succeeded register as desk",
            "device-register succeeded device NHS-1 as desk",
            "device-export succeeded register HASH as desk",
            "device-import succeeded register HASH as " + System.getProperty("user.name"),
            "device-import failed (no-such-file) register HASH as "
                + System.getProperty("user.name"),
            "register-restore denied (register-sound) register",
            "register-restore succeeded register",
            "medium-scan failed (scan-not-encrypted) medium HASH");
    assertThat(shown("--name", "a.csv")).hasSize(2);
  }

  @Test
  @DisplayName("AUD-03 serial numbers, owners, reasons and file names are not in the log")
  void noNames() throws IOException {
    register.register("NHS-1", "60A44C41CANARY71");
    register.issue("NHS-1");
    register.ok("device", "suspend", "0951:1666:60A44C41CANARY71", "--reason", "CANARY");
    register.run("device", "issue", "0951:1666:60A44C41CANARY99");
    register.run("device", "issue", "60A44C41CANARY99");
    register.run("device", "register", "60A44C41CANARY99", "--model", "0951:1666");
    register.ok("device", "export", "--to", "CANARY.csv");
    register.ok("device", "leaver", "a.nurse", "--reason", "CANARY");

    try (Stream<Path> files = Files.list(desk.state.auditLog())) {
      for (Path file : files.toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .doesNotContainIgnoringCase("canary")
            .doesNotContain("a.nurse");
      }
    }
  }

  @Test
  @DisplayName("AUD-04 reading the log is recorded in it, and a log that is not there stays so")
  void readingIsRecorded() throws IOException {
    desk.run("audit", "show");
    desk.run("audit", "export", "--format", "cef");
    assertThat(desk.run("audit", "show", "--json").out().lines().toList())
        .anyMatch(line -> line.contains("\"action\":\"audit-show\""))
        .anyMatch(line -> line.contains("\"action\":\"audit-export\""))
        .noneMatch(line -> line.contains("unfinished"));

    assertThat(desk.run("audit", "show", "--audit", "none").code()).isEqualTo(66);
    assertThat(desk.has("none")).isFalse();
    Files.delete(desk.state.auditLog().resolve("audit.key"));
    Result copy = desk.run("audit", "show", "--audit", desk.state.auditLog().toString());
    assertThat(copy.code()).as("a copy without the key can be read").isZero();
    assertThat(copy.out()).isNotEmpty();
    assertThat(copy.err()).contains("not recorded");
  }

  @Test
  @DisplayName("AUD-01 what a policy decides for a drive is recorded: which rule, on which facts")
  void decisions() throws IOException {
    register.register("NHS-1", "60A44C41CANARY71");
    register.issue("NHS-1");
    desk.file("letter.img", "Dear colleague, ".repeat(10_000));
    String[] words = {"policy", "explain", "nhs-default", "--medium", "letter.img"};
    desk.run(and(words, "--device", "NHS-1", "--register", "r.db"));
    desk.run(words);
    desk.run("policy", "explain", "nhs-default", "--facts", "shape=input");

    assertThat(shown("--action", "policy-explain"))
        .map(line -> line.replaceAll(" [0-9a-f]{32}", " HASH"))
        .containsExactly(
            "policy-explain denied (policy-blocks) device NHS-1 block not-encrypted",
            "policy-explain denied (policy-blocks) medium HASH block not-in-the-register");
    assertThat(shown("--device", "NHS-1")).last().asString().startsWith("policy-explain");
    assertThat(desk.run("audit", "show", "--action", "policy-explain", "--json").out())
        .contains("\"policy\":\"nhs-default:1\",\"effect\":\"block\",\"rule\":\"not-encrypted\"")
        .contains("verdict\\\":\\\"plaintext")
        .doesNotContainIgnoringCase("canary");
    assertThat(desk.run("audit", "verify").code()).isZero();
  }

  private static String[] and(String[] words, String... more) {
    return Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray(String[]::new);
  }

  @Test
  @DisplayName("AUD-01 the catalogue: every command is recorded, or is known to only look")
  void catalogue() {
    Set<String> unrecorded = new TreeSet<>();
    collect("", desk.everything(), unrecorded);
    assertThat(unrecorded).containsExactlyInAnyOrderElementsOf(NOT_RECORDED);
  }

  private static void collect(String path, CommandLine command, Set<String> unrecorded) {
    boolean runs = command.getSubcommands().isEmpty() || path.equals("passphrase");
    if (runs && command.getCommandSpec().findOption("--audit") == null) {
      unrecorded.add(path);
    }
    command
        .getSubcommands()
        .forEach((name, sub) -> collect((path + " " + name).strip(), sub, unrecorded));
  }
}
