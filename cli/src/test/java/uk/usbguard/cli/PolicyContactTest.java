package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.cli.Desk.Result;

/** Whom the sentence about a drive names. */
class PolicyContactTest {

  @TempDir private Path temp;
  private Desk desk;
  private RegisterDesk register;

  @BeforeEach
  void sitDown() throws IOException {
    desk = new Desk(temp);
    register = new RegisterDesk(desk);
    register.init();
    desk.file("letter.img", "Dear colleague, ".repeat(10_000));
  }

  private Result explained(String policy, String... more) {
    List<String> words = new ArrayList<>(List.of("policy", "explain", policy));
    words.addAll(List.of("--medium", "letter.img"));
    words.addAll(List.of(more));
    return desk.run(words.toArray(String[]::new));
  }

  @Test
  @DisplayName("USB-10 a profile sends people to the service desk that the register names")
  void aProfileAsksTheRegister() {
    register.register("NHS-1", "60A44C413FAEF471");
    String ours = "Questions: 01632 960123.";

    assertThat(explained("nhs-default", "--device", "NHS-1", "--register", "r.db").out())
        .contains(ours, "Rule: not-handed-out");
    assertThat(explained("nhs-default", "--register", "r.db").out())
        .contains(ours, "Rule: not-in-the-register", "organisation=St Elsewhere");
    assertThat(explained("nhs-default").out()).contains("Questions: your IT service desk.");
  }

  @Test
  @DisplayName("USB-10 an organisation's own policy names whom it names itself")
  void anOwnPolicyNamesItsOwn() throws IOException {
    desk.file(
        "own.yaml",
        """
        format: 1
        name: own
        version: 1
        contact: extension 4567
        rules:
        - {id: all, when: {state: issued}, effect: allow, reason: approved}
        """);
    assertThat(explained("own.yaml", "--register", "r.db").out())
        .contains("Questions: extension 4567.")
        .doesNotContain("01632 960123");
  }

  @Test
  @DisplayName("a register that is named and is not there is an error, not a stranger's drive")
  void aMissingRegister() {
    assertThat(explained("nhs-default", "--register", "none.db").code()).isEqualTo(66);
  }

  @Test
  @DisplayName("a broken register that nobody named is warned of, and the answer given without it")
  void aBrokenRegister() throws IOException {
    Path own = desk.state.createFolder("register").resolve("register.db");
    Files.writeString(own, "not a database".repeat(1000));

    Result result = explained("nhs-default");
    assertThat(result.out()).contains("Rule: not-in-the-register");
    assertThat(result.err()).contains("It was not asked.");
    assertThat(explained("nhs-default", "--register", own.toString()).code()).isEqualTo(65);
  }

  @Test
  @DisplayName("GOV-03 a lost drive is known without --device, by the container on it")
  void lostWithoutDevice() throws IOException {
    desk.withLetters();
    desk.unlocked("encrypt", "letters", "--to", "c.ugc", "--no-recovery-key");
    register.register("NHS-1", "60A44C413FAEF471");
    register.ok("device", "container", "NHS-1", "--medium", "c.ugc", "--reason", "read first");
    register.issue("NHS-1");
    register.ok("device", "lost", "NHS-1", "--reason", "left in a taxi");

    assertThat(
            desk.run("policy", "explain", "nhs-default", "--medium", "c.ugc", "--register", "r.db")
                .out())
        .contains("reported lost or stolen", "built-in:revoked");
  }
}
