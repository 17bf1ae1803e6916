package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.usbguard.cli.Desk.and;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.cli.Desk.Result;

/** policy explain: of facts, of a recorded event, of a medium and the register. */
class PolicyExplainTest {

  /** A drive that may be used. */
  static final String GOOD =
      "shape=storage,state=issued,holder=own,ownership=organisation,"
          + "verdict=verified-encrypted,identity=L3,check-in=1d";

  @TempDir private Path temp;
  private Desk desk;

  @BeforeEach
  void sitDown() throws IOException {
    desk = new Desk(temp).at(Clock.fixed(Instant.parse("2026-11-24T09:00:00Z"), ZoneOffset.UTC));
  }

  @Test
  @DisplayName("what is said of a drive without --medium is refused, with what it goes with")
  void aDriveNeedsItsMedium() {
    Result facts =
        desk.run("policy", "explain", "nhs-default", "--facts", "shape=storage", "--device", "T1");
    assertThat(facts.code()).isEqualTo(64);
    assertThat(facts.err()).contains("--device goes with --medium, not with --facts.");
    assertThat(desk.run("policy", "explain", "nhs-default", "--level", "L1").err())
        .contains("--level goes with --medium, not alone.");
  }

  @Test
  @DisplayName("USB-10: explain says what happens, why, what to do, whom to ask, and by which rule")
  void explains() {
    Result blocked = desk.run("policy", "explain", "nhs-default", "--facts", "shape=storage");

    assertThat(blocked.code()).isEqualTo(80);
    assertThat(blocked.out())
        .contains("This USB stick or disk was blocked. It is not in the organisation's register.")
        .contains("Questions: your IT service desk.")
        .contains("Rule: not-in-the-register of nhs-default, version 1; reason unregistered")
        .contains("state=unregistered");
    Result allowed = desk.run("policy", "explain", "nhs-default", "--facts", GOOD);
    assertThat(allowed.code()).as(allowed.out()).isZero();
    assertThat(allowed.out()).contains("Effect: allow");
  }

  @Test
  @DisplayName("a fact that is said twice, or is none, is a mistake: the last does not win")
  void factsOnce() {
    for (String facts : List.of("shape=storage,state=issued,shape=hub", "shape=hub,shape=hub")) {
      Result twice = desk.run("policy", "explain", "nhs-default", "--facts", facts);
      assertThat(twice.code()).as(twice.out()).isEqualTo(64);
      assertThat(twice.err()).contains("The fact shape is said twice.");
    }
    Result apart =
        desk.run(
            "policy", "explain", "nhs-default", "--facts", "shape=storage", "--facts", "shape=hub");
    assertThat(apart.code()).isEqualTo(64);
    Result none = desk.run("policy", "explain", "nhs-default", "--facts", "=hub");
    assertThat(none.code()).isEqualTo(64);
    assertThat(none.err()).contains("=hub is no fact.");
  }

  @Test
  @DisplayName("what explain prints as JSON is explained again to the same")
  void explainsARecordedEvent() throws IOException {
    String first = desk.run("policy", "explain", "nhs-default", "--facts", GOOD, "--json").out();
    desk.file("event.json", first);

    assertThat(
            desk.run("policy", "explain", "nhs-default", "--event", "event.json", "--json").out())
        .isEqualTo(first);
    assertThat(desk.pipe(first, "policy", "explain", "nhs-default", "--event", "-", "--json").out())
        .isEqualTo(first);
  }

  @Test
  @DisplayName("USB-03 a drive shows L3 with the container on it that the register knows, no other")
  void containerIsCompared() throws IOException {
    RegisterDesk register = new RegisterDesk(desk);
    register.init();
    desk.withLetters();
    desk.unlocked("encrypt", "letters", "--to", "other.ugc", "--no-recovery-key");
    String[] entry = {
      "device",
      "register",
      "NHS-1",
      "--model",
      "0951:1666",
      "--serial",
      "60A44C413FAEF471",
      "--capacity",
      "8000000",
      "--descriptor-digest",
      "D1",
      "--owner",
      "a.nurse",
      "--manager",
      "m",
      "--organisation",
      "St Elsewhere",
      "--purpose",
      "Carries referral letters to the hospice",
      "--data",
      "patient",
      "--asset-reference",
      "IAR-1",
      "--as",
      "desk",
      "--register",
      "r.db"
    };
    assertThat(desk.run(and(entry, "--fingerprint", "ward 7")).code()).isEqualTo(64);
    desk.file("letter.img", "Dear colleague, ".repeat(10_000));
    assertThat(desk.run(and(entry, "--medium", "letter.img")).code()).isEqualTo(65);
    Result entered = desk.run(and(entry, "--medium", "c.ugc", "--json"));
    assertThat(entered.out()).contains("\"identityLevel\":\"L3\"", "\"usbguard:");
    register.issue("NHS-1");

    assertThat(explained("c.ugc")).contains("Rule: good of", "identity=L3", "medium=registered");
    String other = explained("other.ugc");
    assertThat(other)
        .contains("the container on it is not the registered one (identity shown: L2)")
        .contains("Rule: another-container of", "medium=unregistered, exchanged=true");
    assertThat(
            desk.run(
                    "device",
                    "container",
                    "NHS-1",
                    "--medium",
                    "other.ugc",
                    "--as",
                    "desk",
                    "--reason",
                    "encrypted anew",
                    "--register",
                    "r.db")
                .code())
        .isZero();
    assertThat(explained("other.ugc")).contains("Rule: good of", "identity=L3");
  }

  private String explained(String medium) {
    return desk.run(
            "policy",
            "explain",
            "nhs-default",
            "--medium",
            medium,
            "--device",
            "NHS-1",
            "--register",
            "r.db")
        .out();
  }

  @Test
  @DisplayName("USB-10 explain looks at a medium and into the register, and says what follows")
  void explainsADrive() throws IOException {
    RegisterDesk register = new RegisterDesk(desk);
    register.init();
    register.register("NHS-1", "60A44C413FAEF471");
    register.issue("NHS-1");
    desk.file("letter.img", "Dear colleague, ".repeat(10_000));
    String[] words = {
      "policy",
      "explain",
      "nhs-default",
      "--medium",
      "letter.img",
      "--device",
      "NHS-1",
      "--register",
      "r.db"
    };

    Result blocked = desk.run(words);
    assertThat(blocked.code()).as(blocked.err()).isEqualTo(80);
    assertThat(blocked.out())
        .contains("Rule: not-encrypted of nhs-default")
        .contains("identity=L1, verdict=plaintext, medium=unregistered, state=issued, holder=own");
    assertThat(desk.run(and(words, "--user", "b.porter")).out()).contains("Rule: of-somebody-else");
    assertThat(desk.run(and(words, "--level", "L0")).out()).contains("identity=L0");
    assertThat(desk.run(and(words, "--level", "L9")).code()).isEqualTo(64);
    assertThat(desk.run("policy", "explain", "nhs-default", "--medium", "letter.img").out())
        .contains("Rule: not-in-the-register");
    assertThat(desk.run("policy", "explain", "nhs-default", "--medium", "none.img").code())
        .isEqualTo(66);
    assertThat(desk.run("policy", "explain", "nhs-default", "--device", "NHS-1").code())
        .isEqualTo(64);
  }

  @Test
  void factsThatAreNoneAreRefused() {
    Result refused = desk.run("policy", "explain", "nhs-default", "--facts", "shap=storage");
    assertThat(refused.code()).isEqualTo(65);
    assertThat(refused.err()).contains("The key shap is not known here");
  }
}
