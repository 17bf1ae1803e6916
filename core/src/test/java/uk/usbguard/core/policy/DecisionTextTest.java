package uk.usbguard.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.usbguard.core.device.DeviceShape;
import uk.usbguard.core.device.IdentityLevel;
import uk.usbguard.core.media.Verdict;

/** USB-10: what staff read, all of it. */
class DecisionTextTest {

  private static final ResourceBundle BUNDLE =
      ResourceBundle.getBundle("uk.usbguard.core.policy.Decisions", Locale.UK);
  private static final String SENTENCE = "[A-Z].*[.]";

  /** Words of programmers, standards and marketing, which nobody on a ward needs. */
  private static final String JARGON =
      ".*(?i:\\b(?:error|invalid|LUKS|BitLocker|VID|PID|null|mount|verdict|policy violation"
          + "|unauthori[sz]ed|endpoint|removable media|password)\\b).*";

  private static DecisionText text(Reason reason, Effect effect, Effect intended, Facts facts) {
    var grounds = new Decision.Grounds("a-rule", reason, false, "Ask in room 4.");
    return DecisionText.of(
        new Decision(effect, intended, grounds, "the service desk, 4567", facts, Optional.empty()),
        Locale.UK,
        ZoneOffset.UTC);
  }

  private static Facts approved() {
    Situation drive = Situation.good();
    drive.exempt(Exemption.Kind.OVERRIDE, Duration.ofHours(1), Duration.ofHours(3));
    return drive.facts();
  }

  private static void isSaid(DecisionText text) {
    assertThat(text.what()).as("what happened").matches("This " + ".*[.]");
    assertThat(text.why()).as("why").matches(SENTENCE);
    assertThat(text.remedy()).as("what to do").matches(SENTENCE);
    assertThat(text.contact()).as("whom to call").isEqualTo("Questions: the service desk, 4567.");
    assertThat(text.sentence())
        .isEqualTo(String.join(" ", text.what(), text.why(), text.remedy(), text.contact()))
        .doesNotContain("{", "}", "''", "  ", "null")
        .doesNotMatch(JARGON);
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  @DisplayName("USB-10 each reason, with each effect, says what, why, what to do and whom to call")
  void eachReason(Reason reason) {
    for (Effect intended : Effect.values()) {
      for (Effect effect : List.of(intended, Effect.AUDIT_ONLY)) {
        isSaid(text(reason, effect, intended, approved()));
      }
    }
  }

  @Test
  @DisplayName("USB-10 each kind of device, state and verdict has its words, also if never seen")
  void eachWord() {
    for (DeviceShape shape : DeviceShape.values()) {
      Facts facts = Situation.unregistered().shape(shape).facts();
      isSaid(text(Reason.NO_RULE, Effect.BLOCK, Effect.BLOCK, facts));
    }
    for (RegisterState state : RegisterState.values()) {
      Facts facts = Situation.good().state(state).neverSeen().facts();
      isSaid(text(Reason.NOT_ISSUED, Effect.BLOCK, Effect.BLOCK, facts));
      isSaid(text(Reason.CHECK_IN_LOCKED, Effect.BLOCK, Effect.BLOCK, facts));
    }
    for (Verdict verdict : Verdict.values()) {
      Facts facts = Situation.good().verdict(verdict).facts();
      isSaid(text(Reason.NOT_ENCRYPTED, Effect.BLOCK, Effect.BLOCK, facts));
    }
  }

  @Test
  @DisplayName("USB-10 a block never says that nothing needs to be done")
  void aBlockHasAWayOut() {
    for (Reason reason : Reason.values()) {
      boolean blocks =
          reason != Reason.APPROVED && reason != Reason.NOT_STORAGE && reason != Reason.LISTED;
      if (blocks) {
        assertThat(text(reason, Effect.BLOCK, Effect.BLOCK, approved()).remedy())
            .as(reason.label())
            .isNotEqualTo("Nothing needs to be done.");
      }
    }
  }

  @Test
  @DisplayName("USB-10 the bundle has a why and a do for each reason, and for nothing else")
  void eachKeyIsUsed() {
    Set<String> reasons =
        Stream.of(Reason.values())
            .map(Reason::label)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> whys = new TreeSet<>();
    for (String key : BUNDLE.keySet()) {
      String[] parts = key.split("\\.");
      if (parts[0].equals("why")) {
        whys.add(parts[1]);
      }
      if (parts[0].equals("do")) {
        assertThat(reasons).as(key).contains(parts[1]);
      }
      boolean saysMore = key.equals("why.identity.exchanged") || key.equals("why.revoked.listed");
      boolean isOpen = parts[0].equals("why") && key.endsWith(".open");
      if (parts.length == 3 && !isOpen && !saysMore) {
        assertThat(
                Stream.concat(Stream.of("watched"), Stream.of(Effect.values()).map(Effect::label)))
            .as(key)
            .contains(parts[2]);
      }
    }
    assertThat(whys).isEqualTo(reasons);
    for (String reason : reasons) {
      assertThat(BUNDLE.containsKey("do." + reason)).as(reason).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  @DisplayName("USB-10 where the policy only watches, nobody is told not to use what can be used")
  void watchedRemedies(Reason reason) {
    if (reason == Reason.REVOKED) {
      return; // blocked in every mode
    }
    for (Effect intended : List.of(Effect.BLOCK, Effect.READ_ONLY)) {
      assertThat(text(reason, Effect.AUDIT_ONLY, intended, approved()).remedy())
          .doesNotContain("Do not use", "Unplug it", "works again", "let it in again");
    }
  }

  @Test
  @DisplayName("GOV-02 REG-07 an approval that ends with a day is said to end on that day")
  void lastDay() {
    Situation drive = Situation.good();
    drive.exempt(Exemption.Kind.OVERRIDE, Duration.ofHours(1), Duration.ofHours(3));
    drive.exempt(Exemption.Kind.PERSONAL, Duration.ofHours(1), Duration.ofHours(2));
    drive.exempt(Exemption.Kind.UNENCRYPTED, Duration.ofHours(1), Duration.ofHours(15).plusDays(6));

    Facts facts = drive.facts();
    assertThat(text(Reason.APPROVED_UNENCRYPTED, Effect.ALLOW, Effect.ALLOW, facts).why())
        .isEqualTo(
            "It is approved without encryption until 30 Nov 2026, by Dr A. Approver. Ask in room"
                + " 4.");
    assertThat(text(Reason.PERSONAL, Effect.ALLOW, Effect.ALLOW, facts).remedy())
        .isEqualTo("Nothing needs to be done before the approval ends on 24 Nov 2026, 11:00.");
    Situation night = Situation.good();
    night.exempt(Exemption.Kind.OVERRIDE, Duration.ofHours(1), Duration.ofHours(15));
    assertThat(text(Reason.OVERRIDE, Effect.ALLOW, Effect.ALLOW, night.facts()).why())
        .startsWith("It is let in for urgent care until 25 Nov 2026, 00:00, approved by");
  }

  @Test
  @DisplayName("USB-10 nothing that a device or a PC says of itself gets into the sentence")
  void noForeignText() {
    String hostile = "\u202E<b>HOSTILE</b>\u001B[2J\u200F\n";
    Facts facts =
        Situation.unregistered()
            .device("0951:1666", hostile)
            .user(hostile, hostile)
            .place(hostile, hostile)
            .identity(IdentityLevel.MODEL)
            .facts();
    for (Reason reason : Reason.values()) {
      for (Effect effect : Effect.values()) {
        assertThat(text(reason, effect, effect, facts).sentence())
            .doesNotContain("HOSTILE", "<", "\u202E", "\u001B", "\u200F", "\n");
      }
    }
  }

  @Test
  @DisplayName("USB-10 no message is longer than can be read out in half a minute: 75 words")
  void readAloud() {
    for (Reason reason : Reason.values()) {
      for (Effect effect : Effect.values()) {
        String message = text(reason, effect, effect, approved()).sentence();
        assertThat(message.split(" ")).as(message).hasSizeLessThanOrEqualTo(75);
      }
    }
  }

  private static String sentence(String checkIn, Duration ago) throws Exception {
    String rules = "format: 1\nname: p\nversion: 1\ncontact: desk\nrules:\n" + checkIn;
    Policy policy = Policy.parse(rules.getBytes(StandardCharsets.UTF_8));
    Facts facts = Situation.good().seen(ago).facts();
    return DecisionText.of(policy.decide(facts), Locale.UK, ZoneOffset.UTC).why();
  }

  private static String rule(String over, String effect, String reason) {
    return "  - {id: over-%1$s, when: {check-in: {over: %1$s}}, effect: %2$s, reason: %3$s}%n"
        .formatted(over, effect, reason);
  }

  @Test
  @DisplayName("CHK-01 what is said of the check-in are the limits of the policy that decides")
  void limitsOfThePolicy() throws Exception {
    String rules =
        rule("30d", "block", "check-in-locked")
            + rule("36h", "read-only", "check-in-overdue")
            + rule("12h", "allow", "check-in-due");
    assertThat(sentence(rules, Duration.ofHours(13)))
        .isEqualTo(
            "It is registered and encrypted. It was last checked today; after 36 hours less is"
                + " allowed.");
    assertThat(sentence(rules, Duration.ofHours(37)))
        .isEqualTo("It was last checked 1 day ago, and it must be checked within 36 hours.");
    assertThat(sentence(rule("5d", "allow", "check-in-due"), Duration.ofDays(6)))
        .isEqualTo("It is registered and encrypted. It was last checked 6 days ago.");
    Facts never = Situation.good().neverSeen().facts();
    assertThat(
            DecisionText.of(Profile.NHS_DEFAULT.policy().decide(never), Locale.UK, ZoneOffset.UTC)
                .why())
        .startsWith("It was last checked never");
    Facts week = Situation.good().seen(Duration.ofDays(6)).facts();
    assertThat(
            DecisionText.of(Profile.NHS_DEFAULT.policy().decide(week), Locale.UK, ZoneOffset.UTC)
                .why())
        .contains("after 7 days");
  }
}
