package uk.usbguard.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.usbguard.core.device.DeviceShape;
import uk.usbguard.core.device.IdentityLevel;
import uk.usbguard.core.media.Verdict;

/** Facts as words, and back. */
class FactsFileTest {

  private static Facts parse(String text) throws InvalidPolicyException {
    return FactsFile.parse(text.getBytes(StandardCharsets.UTF_8), Situation.NOW);
  }

  @Test
  @DisplayName("what is not said is what trusts least")
  void nothingIsSaid() throws Exception {
    Facts facts = FactsFile.of(Map.of(), Situation.NOW);

    assertThat(facts.device().shape()).isEqualTo(DeviceShape.UNKNOWN);
    assertThat(facts.device().level()).isEqualTo(IdentityLevel.MODEL);
    assertThat(facts.medium()).isEqualTo(new Facts.Medium(Verdict.UNREADABLE, false));
    assertThat(facts.standing()).isEqualTo(Facts.Standing.UNREGISTERED);
    assertThat(facts.at()).isEqualTo(Situation.NOW);
    Facts registered = FactsFile.of(Map.of("state", "issued"), Situation.NOW);
    assertThat(registered.standing().holder()).isEqualTo(Holder.OTHER_PERSON);
    assertThat(registered.standing().ownership()).isEqualTo(Ownership.PERSONAL);
  }

  @Test
  @DisplayName("an event in JSON holds them under facts; its other fields do not matter")
  void eventInJson() throws Exception {
    Facts facts =
        parse(
            """
            {"type": "blocked", "seq": 7, "facts": {
              "at": "2026-11-24T08:00:00Z", "device": "0951:1666:E0D55EA573F0",
              "shape": "storage", "interfaces": ["08/06/50", "08/06/62"], "identity": "L3",
              "verdict": "verified-encrypted", "medium": "registered", "state": "issued",
              "holder": "own", "ownership": "organisation", "revoked": false,
              "check-in": "36h", "exemption": ["unencrypted"], "user": "jane",
              "group": ["a", "b"], "host": "pc", "organisation": "t"}}
            """);

    assertThat(facts.device().identity().key()).isEqualTo("0951:1666:E0D55EA573F0");
    assertThat(facts.device().interfaces()).hasSize(2);
    assertThat(facts.checkInAge()).contains(Duration.ofHours(36));
    assertThat(facts.exemption(Exemption.Kind.UNENCRYPTED)).isPresent();
    assertThat(facts.person().groups()).containsExactlyInAnyOrder("a", "b");
    assertThat(facts.at()).isEqualTo("2026-11-24T08:00:00Z");
  }

  @Test
  @DisplayName("words for facts lead to the same decision")
  void thereAndBack() throws Exception {
    for (Situation situation :
        new Situation[] {
          Situation.good(),
          Situation.unregistered(),
          Situation.good().seen(Duration.ofDays(8)).revoked(),
          Situation.good().seen(Duration.ofDays(7).plusSeconds(1)),
          Situation.good().exempt(Exemption.Kind.OVERRIDE).shape(DeviceShape.OPTICAL)
        }) {
      Facts facts = situation.facts();
      StringBuilder yaml = new StringBuilder();
      FactsFile.words(facts)
          .forEach(
              (key, value) -> yaml.append(key).append(": ").append(quoted(value)).append('\n'));
      Policy policy = Profile.NHS_DEFAULT.policy();

      Decision again = policy.decide(parse(yaml.toString()));

      assertThat(again.grounds()).isEqualTo(policy.decide(facts).grounds());
      assertThat(FactsFile.words(again.facts())).isEqualTo(FactsFile.words(facts));
    }
  }

  private static String quoted(Object value) {
    return value instanceof String text ? '"' + text + '"' : String.valueOf(value);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @DisplayName("what is no fact is refused, with what may stand there")
  @CsvSource({
    "shap, storage, UNKNOWN_KEY",
    "shape, stick, UNKNOWN_WORD",
    "identity, L9, BAD_VALUE",
    "interfaces, 08, BAD_VALUE",
    "device, Kingston, BAD_VALUE",
    "check-in, 7, BAD_VALUE",
    "exemption, forever, BAD_VALUE",
    "at, yesterday, BAD_VALUE",
    "revoked, perhaps, WRONG_TYPE"
  })
  void refuses(String key, String word, PolicyProblem.Kind kind) {
    InvalidPolicyException refused =
        catchThrowableOfType(
            InvalidPolicyException.class, () -> FactsFile.of(Map.of(key, word), Situation.NOW));

    assertThat(refused.problems()).map(PolicyProblem::kind).containsExactly(kind);
  }

  @Test
  void aWordThatIsTooLongIsRefused() {
    InvalidPolicyException refused =
        catchThrowableOfType(
            InvalidPolicyException.class,
            () -> FactsFile.of(Map.of("user", "x".repeat(257)), Situation.NOW));
    assertThat(refused.problems().get(0).kind()).isEqualTo(PolicyProblem.Kind.TOO_MANY);
    assertThat(catchThrowableOfType(InvalidPolicyException.class, () -> parse("- a")).problems())
        .hasSize(1);
  }

  @Test
  @DisplayName(
      "USB-03 a medium that was exchanged is not the registered one, whatever else is said")
  void exchanged() throws InvalidPolicyException {
    Facts facts =
        FactsFile.of(
            Map.of("medium", "registered", "exchanged", "true"),
            Instant.parse("2026-11-24T09:00:00Z"));
    assertThat(facts.medium()).isEqualTo(new Facts.Medium(Verdict.UNREADABLE, false, true));
    assertThat(FactsFile.words(facts))
        .containsEntry("exchanged", true)
        .containsEntry("medium", "unregistered");
    assertThatThrownBy(() -> new Facts.Medium(Verdict.OPAQUE, true, true))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
