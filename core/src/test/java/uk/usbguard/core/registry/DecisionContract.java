package uk.usbguard.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.usbguard.core.registry.RegisterContract.assertRefused;
import static uk.usbguard.core.registry.Samples.DESK;
import static uk.usbguard.core.registry.Samples.NOW;
import static uk.usbguard.core.registry.Samples.SETTINGS;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an organisation decides anew, whatever the database. */
interface DecisionContract {

  /** The register of this test, for which {@link Samples#SETTINGS} were decided. */
  DeviceRegister register();

  /** Its clock. */
  Samples.TestClock clock();

  private static RegisterSettings with(String serviceDesk, List<String> people) {
    return new RegisterSettings(
        new Organisation("St Elsewhere", serviceDesk, "ig@example.org"),
        SETTINGS.agreementVersion(),
        SETTINGS.checkIn(),
        SETTINGS.assetReferenceNeeded(),
        people);
  }

  @Test
  @DisplayName("USB-10 what was decided changes with a reason only, and both values are kept")
  default void decidesAnew() throws Exception {
    RegisterSettings wanted = with("01632 960999", List.of("ig.lead"));
    assertThat(register().decisions()).as("the first time changes nothing").isEmpty();
    assertRefused(
        Refusal.FIELD_MISSING, () -> register().decide(SETTINGS, wanted, new Act("desk", " ")));
    assertThat(register().settings()).isEqualTo(SETTINGS);

    clock().advance(Duration.ofHours(1));
    assertThat(register().decide(SETTINGS, wanted, new Act("clerk", "moved")))
        .extracting(SettingChange::setting)
        .containsExactly(Setting.SERVICE_DESK, Setting.GOVERNANCE_PEOPLE);

    Instant then = NOW.plus(Duration.ofHours(1));
    String people = Setting.GOVERNANCE_PEOPLE.label();
    assertThat(register().settings()).isEqualTo(wanted);
    assertThat(register().decisions())
        .containsExactly(
            new Decision(then, "clerk", "moved", people, "IG.Lead; ig.deputy", "ig.lead"),
            new Decision(then, "clerk", "moved", "service-desk", "01632 960123", "01632 960999"));
    register().decide(wanted, SETTINGS, DESK);
    assertThat(register().decisions()).hasSize(4);
    assertThat(register().deeds(NOW)).as("of drives").isEmpty();
  }

  @Test
  @DisplayName("USB-10 one name with a comma and two names are different lists, however shown")
  default void tellsListsApart() throws Exception {
    RegisterSettings one = with("01632 960123", List.of("Ann Lee, Bob Ray; Cy Oak"));
    RegisterSettings two = with("01632 960123", List.of("Ann Lee, Bob Ray", "Cy Oak"));
    register().decide(SETTINGS, one, DESK);
    assertThat(register().decide(one, two, new Act("clerk", "mistyped"))).hasSize(1);
    assertThat(register().settings().governancePeople())
        .containsExactly("Ann Lee, Bob Ray", "Cy Oak");
  }

  @Test
  @DisplayName("USB-10 too many people are refused as too many, not as a long name")
  default void refusesTooManyPeople() throws Exception {
    List<String> many = Collections.nCopies(101, "ig.lead");
    assertRefused(
        Refusal.TOO_MANY_PEOPLE,
        () -> register().decide(SETTINGS, with("01632 960123", many), DESK));
  }

  @Test
  @DisplayName("USB-10 to decide what is decided already needs no reason and leaves no trace")
  default void decidesTheSame() throws Exception {
    assertThat(register().decide(SETTINGS, SETTINGS, new Act("desk", ""))).isEmpty();
    assertThat(register().decisions()).isEmpty();
  }

  @Test
  @DisplayName("USB-10 what somebody else decided meanwhile is not overwritten unseen")
  default void refusesWhatWasNotSeen() throws Exception {
    RegisterSettings theirs = with("01632 960999", SETTINGS.governancePeople());
    register().decide(SETTINGS, theirs, DESK);
    assertRefused(
        Refusal.DECIDED_MEANWHILE,
        () -> register().decide(SETTINGS, with("01632 960000", List.of("x")), DESK));
    assertThat(register().settings()).isEqualTo(theirs);
  }
}
