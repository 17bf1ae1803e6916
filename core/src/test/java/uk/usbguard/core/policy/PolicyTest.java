package uk.usbguard.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.usbguard.core.device.DeviceShape;
import uk.usbguard.core.device.IdentityLevel;
import uk.usbguard.core.media.Verdict;

/** What rules match, what comes before and after them. */
class PolicyTest {

  private static final Policy DEFAULT = Profile.NHS_DEFAULT.policy();

  private static Policy policy(String rest) throws InvalidPolicyException {
    String head = "format: 1\nname: sample\nversion: 1\ncontact: desk\n";
    return Policy.parse((head + rest).getBytes(StandardCharsets.UTF_8));
  }

  /** A policy of one rule that blocks under this condition, after which everything is allowed. */
  private static boolean matches(String when, Situation situation) throws InvalidPolicyException {
    Policy policy =
        policy(
            "rules:\n  - {id: asked, when: {"
                + when
                + "}, effect: block, reason: local, text: x}\n"
                + "  - {id: rest, effect: allow, reason: approved}\n");
    return policy.decide(situation.facts()).grounds().rule().equals("asked");
  }

  private static Decision decided(Situation situation) {
    return DEFAULT.decide(situation.facts());
  }

  @Nested
  @DisplayName("nhs-default")
  class NhsDefault {

    @Test
    @DisplayName(
        "USB-01: an unregistered stick is blocked, and the nurse is told why and whom to ask")
    void unregistered() {
      Decision decision = decided(Situation.unregistered().verdict(Verdict.PLAINTEXT));

      assertThat(decision.effect()).isEqualTo(Effect.BLOCK);
      assertThat(decision.grounds().rule()).isEqualTo("not-in-the-register");
      assertThat(DecisionText.of(decision, Locale.UK, ZoneOffset.UTC).sentence())
          .isEqualTo(
              "This USB stick or disk was blocked. It is not in the organisation's register."
                  + " Use a drive that was issued to you, or ask for this one to be registered."
                  + " Questions: your IT service desk.");
    }

    @Test
    @DisplayName("USB-02: a registered stick that is not encrypted is blocked")
    void registeredButPlain() {
      assertThat(decided(Situation.good().verdict(Verdict.PLAINTEXT)).grounds().rule())
          .isEqualTo("not-encrypted");
    }

    @Test
    @DisplayName("USB-03: the serial of a good drive on another container is blocked and told")
    void clonedSerial() {
      Decision decision = decided(Situation.good().identity(IdentityLevel.DESCRIPTOR));

      assertThat(decision.effect()).isEqualTo(Effect.BLOCK);
      assertThat(decision.grounds().alert()).isTrue();
    }

    @ParameterizedTest(name = "{0} seconds after day {1}: {2}")
    @DisplayName("CHK-01: warned from day 5, read-only from day 7, locked from day 14")
    @CsvSource({
      "0, 5, ALLOW, APPROVED",
      "1, 5, ALLOW, CHECK_IN_DUE",
      "0, 7, ALLOW, CHECK_IN_DUE",
      "1, 7, READ_ONLY, CHECK_IN_OVERDUE",
      "0, 14, READ_ONLY, CHECK_IN_OVERDUE",
      "1, 14, BLOCK, CHECK_IN_LOCKED"
    })
    void checkIn(int seconds, int days, Effect effect, Reason reason) {
      Decision decision =
          decided(Situation.good().seen(Duration.ofDays(days).plusSeconds(seconds)));

      assertThat(decision.effect()).isEqualTo(effect);
      assertThat(decision.grounds().reason()).isEqualTo(reason);
    }

    @Test
    @DisplayName("CHK-03: a clock that went back gives nobody more days")
    void clockSetBack() {
      assertThat(decided(Situation.good().seen(Duration.ofMinutes(-9))).effect())
          .isEqualTo(Effect.ALLOW);
      assertThat(decided(Situation.good().seen(Duration.ofMinutes(-11))).effect())
          .isEqualTo(Effect.BLOCK);
      assertThat(decided(Situation.good().neverSeen()).effect()).isEqualTo(Effect.BLOCK);
    }

    @Test
    @DisplayName("REG-06: another person's and another organisation's drive is blocked")
    void notHis() {
      assertThat(decided(Situation.good().holder(Holder.OTHER_PERSON)).effect())
          .isEqualTo(Effect.BLOCK);
      assertThat(decided(Situation.good().holder(Holder.OTHER_ORGANISATION)).effect())
          .isEqualTo(Effect.BLOCK);
      assertThat(decided(Situation.good().holder(Holder.POOLED)).effect()).isEqualTo(Effect.ALLOW);
    }

    @Test
    @DisplayName("REG-07: a private drive is blocked without approval, and after it has run out")
    void personal() {
      Situation own = Situation.good().ownership(Ownership.PERSONAL);
      assertThat(decided(own).grounds().reason()).isEqualTo(Reason.PERSONAL);
      own.exempt(Exemption.Kind.PERSONAL, Duration.ofDays(30), Duration.ZERO);
      assertThat(decided(own).effect()).isEqualTo(Effect.BLOCK);
      own.exempt(Exemption.Kind.PERSONAL, Duration.ofDays(30), Duration.ofSeconds(1));
      assertThat(decided(own).effect()).isEqualTo(Effect.ALLOW);
    }

    @Test
    @DisplayName("USB-13: an override lets in for at most 24 hours, is told, and ends by the clock")
    void override() {
      Situation stick = Situation.unregistered().verdict(Verdict.PLAINTEXT);
      stick.exempt(Exemption.Kind.OVERRIDE, Duration.ofHours(23), Duration.ofHours(1));
      assertThat(decided(stick).effect()).isEqualTo(Effect.ALLOW);
      assertThat(decided(stick).grounds().alert()).isTrue();
      assertThat(decided(stick.at("2026-11-24T10:00:00Z")).effect()).isEqualTo(Effect.BLOCK);

      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  Situation.unregistered()
                      .exempt(Exemption.Kind.OVERRIDE, Duration.ofHours(23), Duration.ofHours(2)));
    }

    @Test
    @DisplayName("the medium is read only where some verdict could let the device in")
    void worthReading() {
      assertThat(DEFAULT.isWorthReading(Situation.good().verdict(Verdict.UNREADABLE).facts()))
          .isTrue();
      assertThat(DEFAULT.isWorthReading(Situation.unregistered().facts())).isFalse();
      assertThat(DEFAULT.isWorthReading(Situation.good().state(RegisterState.LOST).facts()))
          .isFalse();
    }
  }

  @ParameterizedTest(name = "when {0}")
  @DisplayName("conditions match what they say and nothing else")
  @CsvSource(
      delimiter = '|',
      value = {
        "device: '0951:1666:e0d55ea573f0' | true",
        "device: '0951:1666:E0D55EA573F1' | false",
        "device: '0951:1666'              | true",
        "device: '0951:1667'              | false",
        "device: '0951:*'                 | true",
        "device: '1953:*'                 | false",
        "user: JANE.DOE                   | true",
        "user: 'jane.*'                   | true",
        "user: 'john.*'                   | false",
        "group: [doctors, nurses]         | true",
        "group: doctors                   | false",
        "host: 'ward4-*'                  | true",
        "host: ward4                      | false",
        "organisation: example nhs trust  | true",
        "organisation: other              | false",
        "exemption: override              | false",
        "medium: registered               | true",
        "medium: unregistered             | false",
        "ownership: personal              | false",
        "identity: {at-least: L3}         | true",
        "identity: {at-least: L4}         | false",
        "identity: {below: L4}            | true",
        "identity: {below: L3}            | false",
        "check-in: {over: 23h}            | true",
        "check-in: {over: 1d}             | false",
        "check-in: {up-to: 1d}            | true",
        "check-in: {over: 12h, up-to: 23h} | false",
        "interfaces: {any-of: 08/06/50}   | true",
        "interfaces: {any-of: 08/*/*}     | true",
        "interfaces: {only: 08/06/*}      | true",
        "interfaces: {none-of: 03/*/*}    | true",
        "interfaces: {any-of: 08/06/62}   | false",
        "interfaces: {none-of: 08/06/50}  | false",
        "time: {from: '09:00', until: '09:01', zone: Europe/London}  | true",
        "time: {from: '09:01', until: '09:00', zone: Europe/London}  | false",
        "time: {from: '10:00', until: '11:00', zone: Europe/Paris}   | true",
        "time: {days: [tuesday], from: '08:00', until: '18:00', zone: Europe/London} | true",
        "time: {days: [monday], from: '08:00', until: '18:00', zone: Europe/London}  | false",
        "time: {days: [monday], from: '20:00', until: '09:30', zone: Europe/London}  | true"
      })
  void conditions(String when, boolean expected) throws Exception {
    assertThat(matches(when, Situation.good())).isEqualTo(expected);
  }

  @Test
  @DisplayName("in summer the clock of the zone counts, not that of Greenwich")
  void summerTime() throws Exception {
    String morning = "time: {from: '08:00', until: '09:00', zone: Europe/London}";
    assertThat(matches(morning, Situation.good().at("2026-07-14T07:30:00Z"))).isTrue();
    assertThat(matches(morning, Situation.good().at("2026-07-14T08:30:00Z"))).isFalse();
  }

  @Test
  @DisplayName("a device of which no interface is known does not count as having only these")
  void onlyNeedsInterfaces() throws Exception {
    assertThat(matches("interfaces: {only: 08/*/*}", Situation.good().interfaces())).isFalse();
  }

  @Test
  @DisplayName("the first rule that holds decides, also among rules found by device")
  void firstMatchWins() throws Exception {
    Policy policy =
        policy(
            """
            rules:
              - {id: model, when: {device: '0951:1666', host: other}, effect: block, reason: baseline}
              - {id: ward, when: {host: 'ward4-*'}, effect: read-only, reason: read-only-place}
              - {id: serial, when: {device: '0951:1666:E0D55EA573F0'}, effect: allow, reason: approved}
              - {id: vendor, when: {device: '0951:*'}, effect: block, reason: baseline}
            """);

    assertThat(policy.decide(Situation.good().facts()).grounds().rule()).isEqualTo("ward");
    assertThat(policy.decide(Situation.good().place("x", "y").facts()).grounds().rule())
        .isEqualTo("serial");
    Situation sister = Situation.good().place("x", "y").device("0951:1666", "E0D55EA573F1");
    assertThat(policy.decide(sister.facts()).grounds().rule()).isEqualTo("vendor");
    Situation foreign = Situation.good().place("x", "y").device("1953:0001", "");
    assertThat(policy.decide(foreign.facts()).grounds().rule()).isEqualTo("built-in:no-rule");
    assertThat(policy.decide(foreign.facts()).effect()).isEqualTo(Effect.BLOCK);
  }

  @Nested
  @DisplayName("no rule can lower the floors:")
  class FloorsHold {

    private final Policy careless =
        careless("rules:\n  - {id: all, effect: allow, reason: approved}\n");

    private Policy careless(String rules) {
      try {
        return policy(rules);
      } catch (InvalidPolicyException e) {
        throw new AssertionError(e);
      }
    }

    private Decision of(Situation situation) {
      return careless.decide(situation.facts());
    }

    @Test
    @DisplayName("USB-01: what is not registered, or not handed out, is read at most")
    void notRegistered() {
      assertThat(of(Situation.unregistered()).effect()).isEqualTo(Effect.READ_ONLY);
      assertThat(of(Situation.unregistered()).grounds().reason()).isEqualTo(Reason.UNREGISTERED);
      assertThat(of(Situation.good().state(RegisterState.RETURNED)).grounds().reason())
          .isEqualTo(Reason.NOT_ISSUED);
    }

    @ParameterizedTest
    @DisplayName("USB-02: what is not shown to be encrypted is read at most")
    @CsvSource({
      "PLAINTEXT, NOT_ENCRYPTED",
      "PARTIAL, NOT_ENCRYPTED",
      "EMPTY, NOT_ENCRYPTED",
      "UNREADABLE, UNREADABLE",
      "LOCKED_HARDWARE, HARDWARE_LOCKED"
    })
    void notEncrypted(Verdict verdict, Reason reason) {
      Decision decision = of(Situation.good().verdict(verdict));

      assertThat(decision.effect()).isEqualTo(Effect.READ_ONLY);
      assertThat(decision.grounds().reason()).isEqualTo(reason);
    }

    @Test
    @DisplayName("an opaque medium is written only if this very medium is registered")
    void opaque() {
      Situation opaque = Situation.good().verdict(Verdict.OPAQUE);
      assertThat(of(opaque.mediumRegistered(true)).effect()).isEqualTo(Effect.ALLOW);
      assertThat(of(opaque.mediumRegistered(false)).grounds().reason()).isEqualTo(Reason.OPAQUE);
    }

    @Test
    @DisplayName("USB-12: what cannot be kept from being written is blocked instead")
    void phones() {
      Decision decision = of(Situation.unregistered().shape(DeviceShape.PHONE_OR_CAMERA));
      assertThat(decision.effect()).isEqualTo(Effect.BLOCK);
    }

    @Test
    @DisplayName("INC-04: what is revoked is blocked, though a rule or the whole policy lets it in")
    void revoked() {
      for (RegisterState state : RegisterState.values()) {
        boolean gone =
            state == RegisterState.LOST
                || state == RegisterState.FOUND
                || state == RegisterState.DISPOSED;
        assertThat(of(Situation.good().state(state)).effect() == Effect.BLOCK)
            .as(state.label())
            .isEqualTo(gone);
      }
      assertThat(of(Situation.good().revoked()).grounds().rule()).isEqualTo("built-in:revoked");
      Facts lost = Situation.good().state(RegisterState.LOST).facts();
      assertThat(Profile.AUDIT_ONLY.policy().decide(lost).effect()).isEqualTo(Effect.BLOCK);
    }

    @Test
    @DisplayName("audit-only in a rule does not let an unregistered stick be written either")
    void auditOnlyRule() {
      Policy watching = careless("rules:\n  - {id: all, effect: audit-only, reason: baseline}\n");
      assertThat(watching.decide(Situation.unregistered().facts()).effect())
          .isEqualTo(Effect.READ_ONLY);
      assertThat(watching.decide(Situation.good().facts()).effect()).isEqualTo(Effect.AUDIT_ONLY);
    }
  }

  @Test
  @DisplayName("USB-07: under no-write a good drive is read only, also in an emergency")
  void noWrite() {
    Policy never = Profile.NO_WRITE.policy();
    assertThat(never.decide(Situation.good().facts()).effect()).isEqualTo(Effect.READ_ONLY);
    Facts urgent = Situation.unregistered().exempt(Exemption.Kind.OVERRIDE).facts();
    assertThat(never.decide(urgent).effect()).isEqualTo(Effect.BLOCK);
  }

  @Test
  @DisplayName("USB-04: listed equipment is left alone, but storage with its numbers is not")
  void listed() throws Exception {
    Policy policy =
        policy(
            """
            untouched: [{device: '1941:8021', name: scale}]
            rules: [{id: all, effect: block, reason: unregistered}]
            """);
    Situation scale = Situation.unregistered().device("1941:8021", "");

    assertThat(policy.decide(scale.shape(DeviceShape.VENDOR_SPECIFIC).facts()).isUntouched())
        .isTrue();
    assertThat(policy.decide(scale.shape(DeviceShape.STORAGE).facts()).effect())
        .isEqualTo(Effect.BLOCK);
    assertThat(policy.decide(scale.shape(DeviceShape.MALFORMED).facts()).effect())
        .isEqualTo(Effect.BLOCK);
  }

  @Test
  @DisplayName("USB-11: without a policy everything that bears data is blocked, and keyboards work")
  void denyAll() {
    Policy none = Policy.denyAll("desk");
    assertThat(none.decide(Situation.good().facts()).effect()).isEqualTo(Effect.BLOCK);
    assertThat(none.decide(Situation.good().shape(DeviceShape.INPUT).facts()).isUntouched())
        .isTrue();
    assertThat(none.size()).isZero();
  }

  @Test
  @DisplayName("USB-10: the organisation's own words are in the sentence")
  void ownWords() throws Exception {
    Policy policy =
        policy("rules: [{id: r, effect: block, reason: local, text: Ask in room 4.}]\n");
    DecisionText text =
        DecisionText.of(policy.decide(Situation.good().facts()), Locale.UK, ZoneOffset.UTC);
    assertThat(text.why()).isEqualTo("Ask in room 4.");
    assertThat(text.contact()).isEqualTo("Questions: desk.");
  }

  @Test
  void exemptionsThatNobodyCanHaveAreRefused() {
    Instant now = Situation.NOW;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Exemption(Exemption.Kind.PERSONAL, now, now.plusSeconds(1), " "));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Exemption(Exemption.Kind.PERSONAL, now, now, "x"));
  }
}
