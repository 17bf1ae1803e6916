package uk.usbguard.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.usbguard.core.device.DeviceShape;
import uk.usbguard.core.media.Verdict;

/** A decision, written down and read back. */
class RecordedDecisionTest {

  private static final Policy POLICY = Profile.NHS_DEFAULT.policy();

  private static String sentence(Decision decision) {
    return DecisionText.of(decision, Locale.UK, ZoneOffset.UTC).sentence();
  }

  @Test
  @DisplayName("USB-10 a recorded decision says the same sentences without its policy")
  void saysTheSame() throws Exception {
    for (Situation situation :
        new Situation[] {
          Situation.good(),
          Situation.unregistered(),
          Situation.good().seen(Duration.ofDays(6)),
          Situation.good().seen(Duration.ofDays(8)),
          Situation.good().verdict(Verdict.PLAINTEXT).exempt(Exemption.Kind.UNENCRYPTED),
          Situation.unregistered().exempt(Exemption.Kind.OVERRIDE),
          Situation.good().revoked(),
          Situation.good().user("Zoë \"Z\" O'Neill", "a,b", "c=d"),
          Situation.good().shape(DeviceShape.STORAGE_WITH_INPUT).interfaces("08/06/50", "03/01/01")
        }) {
      Decision decision = POLICY.decide(situation.facts());

      RecordedDecision recorded = RecordedDecision.of(POLICY, decision);
      RecordedDecision.Recalled recalled = recorded.recall();

      assertThat(recorded.detail()).matches("[ -~]+");
      assertThat(sentence(recalled.decision())).isEqualTo(sentence(decision));
      assertThat(recalled.decision().grounds()).isEqualTo(decision.grounds());
      assertThat(recalled.decision().intended()).isEqualTo(decision.intended());
      assertThat(recalled.leftOut()).isEmpty();
      assertThat(recalled.decision().facts().person()).isEqualTo(decision.facts().person());
      assertThat(recalled.decision().facts().at()).isEqualTo(decision.facts().at());
    }
  }

  @Test
  @DisplayName("the organisation's own words are recorded with it")
  void ownWords() throws Exception {
    String file =
        """
        format: 1
        name: ward-4
        version: 7
        contact: Ask Bob
        mode: audit-only
        rules: [{id: a, effect: block, reason: local, text: Not here., alert: true}]
        """;
    Policy policy = Policy.parse(file.getBytes(StandardCharsets.UTF_8));

    RecordedDecision recorded =
        RecordedDecision.of(policy, policy.decide(Situation.good().facts()));

    assertThat(recorded.policy()).isEqualTo("ward-4:7");
    assertThat(recorded.effect()).isEqualTo("audit-only");
    assertThat(recorded.rule()).isEqualTo("a");
    Decision again = recorded.recall().decision();
    assertThat(again.grounds().alert()).isTrue();
    assertThat(sentence(again))
        .isEqualTo(
            "This USB stick or disk can be used for now. Later it will be blocked. Not here."
                + " Ask before you try again. Questions: Ask Bob.");
  }

  @Test
  @DisplayName("AUD-03 of the device the model is recorded, not its serial number")
  void noSerialNumber() {
    Decision decision = POLICY.decide(Situation.good().device("0951:1666", "CANARY0001").facts());

    assertThat(RecordedDecision.of(POLICY, decision).detail())
        .contains("\"device\":\"0951:1666\"")
        .doesNotContain("CANARY");
  }

  @Test
  @DisplayName("an account's name that turns the reading direction is recorded without that")
  void honestNames() throws Exception {
    Decision decision =
        POLICY.decide(Situation.good().user("nurse\u202e\n\u0000\ud83d\ud83d\ude00").facts());

    Facts.Person person =
        RecordedDecision.of(POLICY, decision).recall().decision().facts().person();

    assertThat(person.user()).isEqualTo("nurse\uFFFD\n\uFFFD\uFFFD\ud83d\ude00");
  }

  @Test
  @DisplayName("what is too long is left out and named, never cut in silence")
  void tooLong() throws Exception {
    String[] groups = IntStream.range(0, 900).mapToObj(i -> "Zoë\"\\" + i).toArray(String[]::new);
    Decision decision = POLICY.decide(Situation.good().user("u".repeat(200), groups).facts());

    RecordedDecision recorded = RecordedDecision.of(POLICY, decision);

    assertThat(recorded.detail().length()).isLessThanOrEqualTo(RecordedDecision.LONGEST);
    assertThat(recorded.recall().leftOut()).containsExactly("group");
    assertThat(recorded.recall().decision().facts().person())
        .isEqualTo(new Facts.Person("u".repeat(125) + "...", Set.of()));
  }

  @Test
  @DisplayName("the longest that can be said fits")
  void theLongestFits() throws Exception {
    String e = "é";
    String file =
        "format: 1\nname: %s\nversion: 999999999999999\ncontact: %s\n"
                .formatted("n".repeat(64), e.repeat(200))
            + "rules: [{id: %s, effect: block, reason: local, text: %s}]\n"
                .formatted("r".repeat(64), e.repeat(500));
    Policy policy = Policy.parse(file.getBytes(StandardCharsets.UTF_8));
    Situation situation =
        Situation.good()
            .user(e.repeat(256), e.repeat(256))
            .place(e.repeat(256), e.repeat(256))
            .exempt(Exemption.Kind.OVERRIDE);

    RecordedDecision recorded = RecordedDecision.of(policy, policy.decide(situation.facts()));

    assertThat(recorded.detail().length()).isLessThanOrEqualTo(RecordedDecision.LONGEST);
    assertThat(recorded.recall().decision().grounds().text()).isEqualTo(e.repeat(500));
  }

  @ParameterizedTest
  @DisplayName("what is no decision is refused")
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "not json: [",
        "{\"intended\":\"block\",\"reason\":\"whim\",\"facts\":{}}",
        "{\"intended\":\"burn\",\"reason\":\"approved\",\"facts\":{}}",
        "{\"intended\":\"block\",\"reason\":\"approved\"}",
        "{\"intended\":\"block\",\"reason\":\"approved\",\"facts\":[]}",
        "{\"intended\":\"block\",\"reason\":\"approved\",\"facts\":{\"shape\":\"?\"}}"
      })
  void refuses(String detail) {
    InvalidPolicyException refused =
        catchThrowableOfType(
            InvalidPolicyException.class,
            () -> new RecordedDecision("p:1", "block", "r", detail).recall());
    assertThat(refused).isNotNull();
    assertThat(
            catchThrowableOfType(
                InvalidPolicyException.class,
                () -> new RecordedDecision("p:1", "?", "r", RecordedDecisionTest.sound()).recall()))
        .isNotNull();
  }

  private static String sound() {
    return RecordedDecision.of(POLICY, POLICY.decide(Situation.good().facts())).detail();
  }

  @ParameterizedTest
  @DisplayName("an exemption that is over, too long or nobody's is none")
  @ValueSource(
      strings = {
        "override until 2026-11-24T08:00:00Z by x",
        "override until 2026-11-26T09:00:00Z by x",
        "override until soon by x",
        "override until 2026-11-24T10:00:00Z",
        "override until 2026-11-24T10:00:00Z by  ",
        "forever until 2026-11-24T10:00:00Z by x",
        ""
      })
  void noExemption(String words) {
    assertThat(ExemptionText.parse(words, Situation.NOW)).isEqualTo(Optional.empty());
  }
}
