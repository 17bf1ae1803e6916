package uk.usbguard.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.usbguard.core.device.DeviceShape;
import uk.usbguard.core.device.IdentityLevel;
import uk.usbguard.core.media.Verdict;

/** What the shipped profiles say of every combination of facts. */
class ProfilesTest {

  private static final Set<Verdict> ENCRYPTED =
      EnumSet.of(Verdict.VERIFIED_ENCRYPTED, Verdict.ASSERTED_HARDWARE);

  private long combinations;
  private long written;

  /** In other words than the program's: what may be written at all. */
  private static boolean mayBeWritten(Facts facts) {
    boolean noStorage =
        !facts.device().shape().bearsData()
            || facts.device().shape() == DeviceShape.VENDOR_SPECIFIC;
    if (noStorage || facts.exemption(Exemption.Kind.OVERRIDE).isPresent()) {
      return true;
    }
    boolean encrypted =
        ENCRYPTED.contains(facts.medium().verdict())
            || (facts.medium().verdict() == Verdict.OPAQUE && facts.medium().registered())
            || facts.exemption(Exemption.Kind.UNENCRYPTED).isPresent();
    boolean moreThanNumbers = facts.device().level().atLeast(IdentityLevel.DESCRIPTOR);
    boolean ours =
        facts.standing().ownership() == Ownership.ORGANISATION
            || facts.exemption(Exemption.Kind.PERSONAL).isPresent();
    boolean current = !facts.standing().expired();
    return facts.standing().state() == RegisterState.ISSUED
        && encrypted
        && moreThanNumbers
        && ours
        && current;
  }

  private void checkSafety(Policy policy, Facts facts) {
    Decision decision = policy.decide(facts);
    combinations++;
    if (!decision.effect().letsWrite()) {
      return;
    }
    written++;
    if (!mayBeWritten(facts)) {
      fail("%s lets this be written: %s", decision.grounds(), facts);
    }
    if (policy.header().neverWrites() && !decision.isUntouched()) {
      assertThat(facts.device().shape()).isEqualTo(DeviceShape.VENDOR_SPECIFIC);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Profile.class,
      names = {"NHS_DEFAULT", "READ_ONLY_SITE", "NO_WRITE"})
  @DisplayName("USB-01 USB-02 USB-03 USB-06 USB-07 GOV-02 nothing unsafe is written")
  void nothingUnsafeIsWritten(Profile profile) {
    Policy policy = profile.policy();
    Lattice.ofDevices().visit(facts -> checkSafety(policy, facts));
    Lattice.ofStandings().visit(facts -> checkSafety(policy, facts));
    assertThat(combinations).isEqualTo(928_000 + 885_120);
    assertThat(written).isPositive();
  }

  @ParameterizedTest
  @Tag("long")
  @EnumSource(
      value = Profile.class,
      names = {"NHS_DEFAULT", "READ_ONLY_SITE", "NO_WRITE"})
  @DisplayName(
      "USB-01 USB-02 USB-03 USB-06 USB-07 GOV-02 the same over all 14,752,000 combinations of facts")
  void nothingUnsafeIsWrittenAnywhere(Profile profile) {
    Policy policy = profile.policy();
    Lattice.whole().visit(facts -> checkSafety(policy, facts));
    assertThat(combinations).isEqualTo(14_752_000);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  @DisplayName("USB-10: each decision names its rule and has four sentences; each rule decides")
  void everythingIsExplained(Profile profile) {
    Policy policy = profile.policy();
    Set<Object> explained = new HashSet<>();
    Set<String> decided = new HashSet<>();
    Lattice.ofStandings().visit(facts -> explain(policy.decide(facts), explained, decided));
    Lattice.ofDevices().visit(facts -> explain(policy.decide(facts), explained, decided));

    assertThat(decided).containsAll(policy.ruleIds());
    assertThat(decided).contains("built-in:revoked", "built-in:not-storage");
  }

  private static void explain(Decision decision, Set<Object> explained, Set<String> decided) {
    String rule = decision.grounds().rule();
    decided.add(rule);
    record Kind(Decision.Grounds grounds, Effect effect, Effect intended) {}
    if (!explained.add(new Kind(decision.grounds(), decision.effect(), decision.intended()))) {
      return;
    }
    DecisionText text = DecisionText.of(decision, Locale.UK, ZoneOffset.UTC);
    assertThat(text.what()).as(rule).startsWith("This ").endsWith(".");
    assertThat(text.why()).as(rule).endsWith(".");
    assertThat(text.remedy()).as(rule).endsWith(".");
    assertThat(text.contact()).as(rule).contains("your IT service desk");
    assertThat(text.sentence()).as(rule).doesNotContain("{").doesNotContain("''");
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  @DisplayName("USB-04, INC-04: what bears no data is left alone, and what is lost is blocked")
  void theTwoEnds(Profile profile) {
    Policy policy = profile.policy();
    Lattice.ofDevices()
        .visit(
            facts -> {
              Decision decision = policy.decide(facts);
              if (facts.standing().state() == RegisterState.LOST) {
                assertThat(decision.effect()).isEqualTo(Effect.BLOCK);
              } else if (!facts.device().shape().bearsData()
                  && !facts.standing().state().isRevoked()) {
                assertThat(decision.isUntouched()).isTrue();
              }
            });
    Facts revoked = Situation.good().revoked().exempt(Exemption.Kind.OVERRIDE).facts();
    assertThat(policy.decide(revoked).effect()).isEqualTo(Effect.BLOCK);
  }

  @Test
  @DisplayName("audit-only has the rules of nhs-default, and says what they would do")
  void auditOnlyIsTheDefaultWatched() {
    Policy watching = Profile.AUDIT_ONLY.policy();
    Policy enforcing = Profile.NHS_DEFAULT.policy();
    Lattice.ofStandings()
        .visit(
            facts -> {
              Decision watched = watching.decide(facts);
              Decision enforced = enforcing.decide(facts);
              assertThat(watched.intended()).isEqualTo(enforced.effect());
              assertThat(watched.grounds()).isEqualTo(enforced.grounds());
            });
    assertThat(watching.decide(Situation.unregistered().facts()).effect())
        .isEqualTo(Effect.AUDIT_ONLY);
  }
}
