package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.cli.Desk.Result;

/** What the register's commands refuse, so that nobody is judge of their own drive. */
class RegisterRulesTest extends AtRegisterDesk {

  /** Asks for a drive. */
  private Result enter(String tag, String owner, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("device", "register", tag, "--model", "0951:1666", "--owner", owner));
    words.addAll(List.of("--manager", "m.anager", "--organisation", "St Elsewhere"));
    words.addAll(List.of("--purpose", "Carries referral letters to the hospice"));
    words.addAll(List.of("--data", "patient", "--asset-reference", "IAR-1"));
    words.addAll(Arrays.asList(more));
    return register.run(words.toArray(String[]::new));
  }

  @Test
  @DisplayName("A register that was cut to nothing is damaged, not empty, and is left as it is")
  void emptyFileIsDamaged() throws IOException {
    register.register("NHS-1", "60A44C413FAEF471");
    Path file = desk.folder.resolve("r.db");
    Files.write(file, new byte[0]);

    for (String line : List.of("device list", "device show NHS-1", "org show")) {
      Result result = run(line);
      assertThat(result.code()).as(line).isEqualTo(65);
      assertThat(result.err()).contains("damaged", "device restore");
    }
    assertThat(register.tryInit().code()).isEqualTo(65);
    assertThat(Files.size(file)).isZero();
    assertThat(desk.run("device", "restore", "--yes", "--register", "r.db").code()).isZero();
    ok("device list");
  }

  @Test
  @DisplayName("Only org init and an import begin a register: a mistyped name begins none")
  void registerBeginsNone() {
    List<String> words =
        new ArrayList<>(
            List.of("device", "register", "T1", "--model", "0951:1666", "--owner", "o"));
    words.addAll(List.of("--manager", "m", "--organisation", "g", "--data", "business"));
    words.addAll(List.of("--purpose", "Carries rota plans between sites"));
    words.addAll(List.of("--register", "typo.db"));
    assertThat(desk.run(words.toArray(String[]::new)).code()).isEqualTo(66);
    assertThat(desk.has("typo.db")).isFalse();
  }

  @Test
  @DisplayName("REG-07 GOV-02 who holds a drive or asked for it cannot enter its exception either")
  void nobodyExceptsThemselves() {
    assertThat(enter("Y1", "o", "--byod", "--as", "desk").code()).isZero();
    String leave =
        "device exception Y1 --approver anybody --risk-assessment RA-1 --reason x --ends %s %s";
    String end = java.time.LocalDate.now(java.time.ZoneOffset.UTC).plusDays(30).toString();
    for (String kind : List.of("--byod", "--unencrypted --board-reference B-1")) {
      for (String actor : List.of("o", "O", "desk")) {
        Result result = run(leave.formatted(end, kind + " --as " + actor));
        assertThat(result.code()).as(kind + " " + actor).isEqualTo(80);
        assertThat(result.err()).contains(actor + " asked for Y1 or holds it");
      }
      ok(leave.formatted(end, kind + " --as ig.lead"));
    }
  }

  @Test
  @DisplayName("REG-06 a drive is entered for the register's organisation, or with a warning")
  void otherOrganisation() {
    String words =
        "device register %s --model 0951:1666 --owner o --manager m --data business --purpose"
            + " CarriesRotaPlansBetweenSites --asset-reference IAR-1";
    Result own = ok(words.formatted("T1"));
    assertThat(own.err()).isEmpty();
    assertThat(ok("device show T1").out()).contains("St Elsewhere");

    Result other = ok(words.formatted("T2") + " --organisation StE");
    assertThat(other.err())
        .contains("T2 is entered for StE", "that of St Elsewhere", "usbguard device transfer T2");
    ok(
        "device",
        "transfer",
        "T2",
        "--owner",
        "o",
        "--manager",
        "m",
        "--organisation",
        "st elsewhere",
        "--reason",
        "mistyped");
    ok("device transfer T2 --owner o --manager boss --reason moved");
    assertThat(ok("device show T2").out()).contains("St Elsewhere").doesNotContain("StE");
  }

  @Test
  @DisplayName("LEAV-01 who holds a drive cannot take it into use again after it was suspended")
  void holderResumesNothing() {
    register.register("NHS-1", "60A44C413FAEF471");
    register.issue("NHS-1");
    ok("device leaver a.nurse");
    Result own = run("device resume NHS-1 --reason back --as A.Nurse");
    assertThat(own.code()).isEqualTo(80);
    assertThat(own.err()).contains("A.Nurse holds NHS-1");
    ok("device resume NHS-1 --reason back");
  }

  @Test
  @DisplayName("REG-02 REG-04 no end that has passed, no signature of tomorrow, no own manager")
  void impossibleDaysAndPeople() {
    Result ended = enter("Y1", "o", "--expires", "2020-01-01");
    assertThat(ended.code()).isEqualTo(64);
    assertThat(ended.err()).contains("2020-01-01, is over already");
    Result own = enter("Y1", "M.Anager");
    assertThat(own.code()).isEqualTo(64);
    assertThat(own.err()).contains("cannot be owner and manager");
    register.register("NHS-1", "60A44C413FAEF471");
    ok("device approve NHS-1 --risk-assessment RA-1 --as boss");
    Result signed =
        run(
            "device signoff NHS-1 --name Ann --designation Nurse --organisation g --agreement 1"
                + " --date 2999-01-01");
    assertThat(signed.code()).isEqualTo(64);
    assertThat(signed.err()).contains("lies in the future: 2999-01-01");
  }

  @Test
  @DisplayName("A daily backup that fails is a warning: what was changed is saved, and said to be")
  void failedBackupIsAWarning() throws IOException {
    register.register("NHS-1", "60A44C413FAEF471");
    register.issue("NHS-1");
    Path backups = desk.folder.resolve("r.db.backups");
    try (var files = Files.list(backups)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(backups);
    Files.writeString(backups, "in the way");
    Result lost = ok("device lost NHS-1 --reason taxi");
    assertThat(lost.err())
        .contains("backup of the register could not be made", "is saved")
        .doesNotContain("Nothing was changed");
    assertThat(ok("device show NHS-1").out()).contains("NHS-1 is lost");
  }

  @Test
  @DisplayName("INC-06 a lost drive that is seen says whom to call")
  void lostDriveWasSeen() {
    register.register("NHS-1", "60A44C413FAEF471");
    register.issue("NHS-1");
    assertThat(ok("device check-in NHS-1").err()).doesNotContain("lost");
    ok("device lost NHS-1 --reason taxi");
    assertThat(ok("device check-in NHS-1").err())
        .contains("NHS-1 is recorded as lost", "01632 960123", "ig@example.org");
  }
}
