package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.cli.Desk.Result;

/** What the register's commands refuse, so that nobody is judge of their own drive. */
class RegisterRulesTest {

  @TempDir private Path temp;
  private Desk desk;
  private RegisterDesk register;

  @BeforeEach
  void sitDown() throws IOException {
    desk = new Desk(temp);
    register = new RegisterDesk(desk);
    register.init();
  }

  /** The words of one line, without quotes. */
  private Result run(String line) {
    return register.run(line.split(" "));
  }

  private Result ok(String line) {
    return register.ok(line.split(" "));
  }

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
}
