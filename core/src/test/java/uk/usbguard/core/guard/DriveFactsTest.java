package uk.usbguard.core.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.core.device.ContainerFingerprint;
import uk.usbguard.core.device.ContainerFingerprint.Kind;
import uk.usbguard.core.device.DeviceIdentity;
import uk.usbguard.core.device.DeviceShape;
import uk.usbguard.core.device.IdentityLevel;
import uk.usbguard.core.guard.Plugged.Content;
import uk.usbguard.core.media.Verdict;
import uk.usbguard.core.policy.Decision;
import uk.usbguard.core.policy.DecisionText;
import uk.usbguard.core.policy.Exemption;
import uk.usbguard.core.policy.Facts;
import uk.usbguard.core.policy.FactsFile;
import uk.usbguard.core.policy.Holder;
import uk.usbguard.core.policy.Ownership;
import uk.usbguard.core.policy.Profile;
import uk.usbguard.core.policy.RegisterState;
import uk.usbguard.core.registry.Act;
import uk.usbguard.core.registry.AssetTag;
import uk.usbguard.core.registry.CheckInRule;
import uk.usbguard.core.registry.Concern;
import uk.usbguard.core.registry.DataClass;
import uk.usbguard.core.registry.DeviceRegister;
import uk.usbguard.core.registry.HandoverItem;
import uk.usbguard.core.registry.Hardware;
import uk.usbguard.core.registry.Justification;
import uk.usbguard.core.registry.Organisation;
import uk.usbguard.core.registry.RegisterFile;
import uk.usbguard.core.registry.RegisterRefusedException;
import uk.usbguard.core.registry.RegisterSettings;
import uk.usbguard.core.registry.Registration;
import uk.usbguard.core.registry.SignOff;
import uk.usbguard.core.registry.UseException;
import uk.usbguard.core.registry.UseException.ExceptionKind;

/** From a real register to the facts of a policy. */
class DriveFactsTest {

  private static final Instant NOW = Instant.parse("2026-11-24T09:30:00Z");
  private static final LocalDate TODAY = LocalDate.parse("2026-11-24");
  private static final Act DESK = new Act("desk", "asked by phone");
  private static final Act BOSS = new Act("boss", "looked at it");
  private static final AssetTag TAG = new AssetTag("NHS-1");
  private static final ContainerFingerprint REGISTERED =
      ContainerFingerprint.of(Kind.LUKS2, new byte[] {1});
  private static final ContainerFingerprint OTHER =
      ContainerFingerprint.of(Kind.LUKS2, new byte[] {2});

  @TempDir private Path folder;
  private Instant time = NOW;
  private final InstantSource clock = () -> time;
  private DeviceRegister register;
  private RegisterSettings settings;

  @BeforeEach
  void open() throws Exception {
    register = RegisterFile.begin(folder, clock.withZone(ZoneOffset.UTC));
    settings =
        new RegisterSettings(
            new Organisation("St Elsewhere", "01632 960123", "ig@example.org"),
            "1",
            CheckInRule.DEFAULT,
            false,
            List.of());
    register.decide(register.settings(), settings, DESK);
  }

  @AfterEach
  void close() throws Exception {
    register.close();
  }

  private void enter(uk.usbguard.core.registry.Ownership ownership, String organisation)
      throws Exception {
    register.register(
        new Registration(
            TAG,
            new Hardware(
                DeviceIdentity.parse("0951:1666:60A44C413FAEF471"),
                "D1",
                8_000_000,
                REGISTERED.toString(),
                ""),
            new uk.usbguard.core.registry.Holder(ownership, "a.nurse", "m.anager", organisation),
            new Justification(
                "Carries referral letters to the hospice", DataClass.PATIENT, "", TODAY, null)),
        false,
        DESK);
  }

  private void issue() throws Exception {
    register.approve(TAG, "RA-7", new Act("boss", ""));
    register.signOff(TAG, new SignOff("Ann", "Nurse", "St Elsewhere", TODAY, "1"), DESK);
    register.handOver(TAG, EnumSet.allOf(HandoverItem.class), DESK);
    register.issue(TAG, DESK);
  }

  private Facts facts(IdentityLevel shown, String user) throws Exception {
    return facts(shown, user, REGISTERED);
  }

  private Facts facts(IdentityLevel shown, String user, ContainerFingerprint... read)
      throws Exception {
    var found = List.of(read);
    var content = new Content(Verdict.VERIFIED_ENCRYPTED, found, register.isRevoked(found));
    return DriveFacts.of(register.get(TAG), new Plugged(content, shown, user, NOW), settings);
  }

  private static String said(Facts facts) {
    Decision decision = Profile.NHS_DEFAULT.policy().decide(facts);
    return decision.effect().label()
        + ": "
        + DecisionText.of(decision, Locale.ENGLISH, ZoneOffset.UTC).why();
  }

  @Test
  @DisplayName("USB-03 only the registered container, and no other beside it, shows L3")
  void onlyTheRegisteredContainer() throws Exception {
    enter(uk.usbguard.core.registry.Ownership.ASSIGNED, "St Elsewhere");
    issue();

    Facts same = facts(IdentityLevel.SECRET, "a.nurse", REGISTERED);
    assertThat(same.device().level()).isEqualTo(IdentityLevel.CONTAINER);
    assertThat(same.medium().registered()).isTrue();
    assertThat(said(same)).startsWith("allow: ");
    for (ContainerFingerprint[] read :
        List.of(
            new ContainerFingerprint[] {OTHER}, new ContainerFingerprint[] {REGISTERED, OTHER})) {
      Facts facts = facts(IdentityLevel.SECRET, "a.nurse", read);
      assertThat(facts.device().level()).isEqualTo(IdentityLevel.DESCRIPTOR);
      assertThat(facts.medium().registered()).isFalse();
      assertThat(facts.medium().exchanged()).isTrue();
      assertThat(said(facts))
          .isEqualTo(
              "block: Its number is that of a registered drive, but the container on it is not"
                  + " the registered one (identity shown: L2).");
      assertThat(FactsFile.words(facts)).containsEntry("exchanged", true);
    }
    Facts nothing = facts(IdentityLevel.SECRET, "a.nurse", new ContainerFingerprint[0]);
    assertThat(nothing.device().level()).isEqualTo(IdentityLevel.DESCRIPTOR);
    assertThat(nothing.medium().exchanged()).isFalse();
  }

  @Test
  @DisplayName("USB-03 what was registered and is no fingerprint never shows L3")
  void noFingerprint() throws Exception {
    register.register(
        new Registration(
            TAG,
            new Hardware(
                DeviceIdentity.parse("0951:1666:60A44C413FAEF471"), "D1", 8_000_000, "ID1", ""),
            new uk.usbguard.core.registry.Holder(
                uk.usbguard.core.registry.Ownership.ASSIGNED, "a.nurse", "m", "St Elsewhere"),
            new Justification(
                "Carries referral letters to the hospice", DataClass.PATIENT, "", TODAY, null)),
        false,
        DESK);
    assertThat(facts(IdentityLevel.SECRET, "a.nurse").device().level())
        .isEqualTo(IdentityLevel.DESCRIPTOR);
    register.contain(TAG, REGISTERED, new Act("desk", "encrypted today"));
    assertThat(facts(IdentityLevel.SECRET, "a.nurse").device().level())
        .isEqualTo(IdentityLevel.CONTAINER);
    assertThat(register.history(TAG).get(0).detail()).isEqualTo(REGISTERED.toString());
  }

  @Test
  @DisplayName(
      "USB-03 the container of a lost, found or disposed drive is caught on any other drive")
  void lostContainer() throws Exception {
    enter(uk.usbguard.core.registry.Ownership.ASSIGNED, "St Elsewhere");
    issue();
    AssetTag lost = new AssetTag("NHS-2");
    register.register(
        new Registration(
            lost,
            new Hardware(
                DeviceIdentity.parse("0951:1666:60A44C413FAEF499"),
                "D1",
                8_000_000,
                OTHER.toString(),
                ""),
            new uk.usbguard.core.registry.Holder(
                uk.usbguard.core.registry.Ownership.ASSIGNED, "c.porter", "m", "St Elsewhere"),
            new Justification(
                "Carries referral letters to the hospice", DataClass.PATIENT, "", TODAY, null)),
        false,
        DESK);
    register.approve(lost, "RA-8", new Act("boss", ""));
    assertThat(facts(IdentityLevel.SECRET, "a.nurse", OTHER).standing().revoked()).isFalse();
    register.lost(lost, DESK);

    assertThat(facts(IdentityLevel.SECRET, "a.nurse", REGISTERED, OTHER).standing().revoked())
        .isTrue();
    Facts stranger =
        DriveFacts.ofStranger(
            new Plugged(
                new Content(Verdict.VERIFIED_ENCRYPTED, List.of(OTHER), true),
                IdentityLevel.SECRET,
                "",
                NOW),
            settings);
    assertThat(said(stranger))
        .isEqualTo(
            "block: Its number, or the container on it, is that of a drive that was reported lost"
                + " or stolen, or has been written off.");
    assertThatThrownBy(() -> register.contain(lost, REGISTERED, DESK))
        .isInstanceOf(RegisterRefusedException.class);
    register.found(lost, DESK);
    assertThat(register.isRevoked(List.of(OTHER))).as("found, not cleared").isTrue();
    register.lost(lost, DESK);
    register.retire(lost, DESK);
    assertThat(register.isRevoked(List.of(OTHER))).as("disposed of").isTrue();
  }

  @Test
  @DisplayName("REG-06 an issued drive is its owner's own, and of somebody else for anybody else")
  void anIssuedDrive() throws Exception {
    enter(uk.usbguard.core.registry.Ownership.ASSIGNED, "St Elsewhere");
    issue();

    Facts own = facts(IdentityLevel.SECRET, "A.Nurse");
    assertThat(own.standing().state()).isEqualTo(RegisterState.ISSUED);
    assertThat(own.standing().holder()).isEqualTo(Holder.OWN);
    assertThat(own.standing().ownership()).isEqualTo(Ownership.ORGANISATION);
    assertThat(own.device().shape()).isEqualTo(DeviceShape.STORAGE);
    assertThat(own.checkInAge()).contains(Duration.ZERO);
    assertThat(facts(IdentityLevel.SECRET, "b.porter").standing().holder())
        .isEqualTo(Holder.OTHER_PERSON);
  }

  @Test
  @DisplayName("REG-06 a pooled drive is the team's, and one of elsewhere is of elsewhere")
  void pooledAndElsewhere() throws Exception {
    enter(uk.usbguard.core.registry.Ownership.POOLED, "St Elsewhere");
    assertThat(facts(IdentityLevel.MODEL, "b.porter").standing().holder()).isEqualTo(Holder.POOLED);
    settings =
        new RegisterSettings(
            new Organisation("Other Trust", "1", "2"), "1", CheckInRule.DEFAULT, false, List.of());
    assertThat(facts(IdentityLevel.MODEL, "a.nurse").standing().holder())
        .isEqualTo(Holder.OTHER_ORGANISATION);
  }

  @Test
  @DisplayName("A drive shows no more than was recorded of it, and its medium only from L3 on")
  void identityIsCapped() throws Exception {
    enter(uk.usbguard.core.registry.Ownership.ASSIGNED, "St Elsewhere");

    assertThat(facts(IdentityLevel.SECRET, "").device().level())
        .as("no secret was recorded")
        .isEqualTo(IdentityLevel.CONTAINER);
    assertThat(facts(IdentityLevel.SECRET, "").medium().registered()).isTrue();
    assertThat(facts(IdentityLevel.DESCRIPTOR, "").medium().registered()).isFalse();
    assertThat(facts(IdentityLevel.SERIAL, "").device().level()).isEqualTo(IdentityLevel.SERIAL);
  }

  @Test
  @DisplayName("CHK-01 a drive that was never handed out nor seen has no check-in")
  void neverSeen() throws Exception {
    enter(uk.usbguard.core.registry.Ownership.ASSIGNED, "St Elsewhere");
    assertThat(facts(IdentityLevel.SECRET, "").checkInAge()).isEmpty();
  }

  @Test
  @DisplayName("REG-07 GOV-02 exceptions are exemptions until the end of their last day")
  void exceptions() throws Exception {
    enter(uk.usbguard.core.registry.Ownership.PERSONAL, "St Elsewhere");
    register.except(TAG, leave(ExceptionKind.BYOD, ""), BOSS);
    register.except(TAG, leave(ExceptionKind.UNENCRYPTED, "Board 2026-11"), BOSS);

    Facts facts = facts(IdentityLevel.SECRET, "a.nurse");
    assertThat(facts.standing().ownership()).isEqualTo(Ownership.PERSONAL);
    assertThat(facts.standing().exemptions())
        .extracting(Exemption::kind, Exemption::until)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                Exemption.Kind.PERSONAL, Instant.parse("2026-11-25T00:00:00Z")),
            org.assertj.core.groups.Tuple.tuple(
                Exemption.Kind.UNENCRYPTED, Instant.parse("2026-11-25T00:00:00Z")));
    Facts later =
        DriveFacts.of(
            register.get(TAG),
            new Plugged(
                content(Verdict.PLAINTEXT),
                IdentityLevel.MODEL,
                "",
                Instant.parse("2026-11-25T00:00:00Z")),
            settings);
    assertThat(later.standing().exemptions()).isEmpty();
  }

  @Test
  @DisplayName("REG-07 GOV-02 CHK-03 a clock that was set back brings no ended exception back")
  void endedExceptions() throws Exception {
    enter(uk.usbguard.core.registry.Ownership.PERSONAL, "St Elsewhere");
    register.except(TAG, leave(ExceptionKind.BYOD, ""), BOSS);
    register.except(TAG, leave(ExceptionKind.UNENCRYPTED, "Board 2026-11"), BOSS);
    issue();
    assertThat(facts(IdentityLevel.SECRET, "a.nurse").standing().exemptions()).hasSize(2);
    time = NOW.plus(Duration.ofDays(1));
    register.checkIn(TAG, time, DESK);

    Facts facts = facts(IdentityLevel.SECRET, "a.nurse");
    assertThat(facts.at()).as("the clock says the last day").isEqualTo(NOW);
    assertThat(facts.standing().exemptions()).isEmpty();
  }

  @Test
  @DisplayName("GOV-02 CHK-03 an exception that ended before the drive was handed out stays ended")
  void endedBeforeIssue() throws Exception {
    enter(uk.usbguard.core.registry.Ownership.ASSIGNED, "St Elsewhere");
    register.except(TAG, leave(ExceptionKind.UNENCRYPTED, "Board 2026-11"), BOSS);
    time = NOW.plus(Duration.ofDays(1));
    issue();
    assertThat(facts(IdentityLevel.SECRET, "a.nurse").standing().exemptions()).isEmpty();
  }

  @Test
  @DisplayName("CHK-03 a clock from before the drive was handed out: register and policy agree")
  void clockBeforeIssue() throws Exception {
    enter(uk.usbguard.core.registry.Ownership.ASSIGNED, "St Elsewhere");
    time = NOW.plus(Duration.ofDays(30));
    issue();
    assertThat(register.fitness(register.get(TAG)).concerns())
        .containsExactly(Concern.REVIEW_OVERDUE);

    time = NOW;
    assertThat(register.fitness(register.get(TAG)).concerns())
        .containsExactly(Concern.REVIEW_OVERDUE, Concern.CHECK_IN_OVERDUE, Concern.CLOCK_SET_BACK);
    assertThat(said(facts(IdentityLevel.SECRET, "a.nurse"))).startsWith("block: ");
  }

  private static Content content(Verdict verdict) {
    return new Content(verdict, List.of(), false);
  }

  private static UseException leave(ExceptionKind kind, String board) {
    return new UseException(kind, "boss", "RA-7", board, TODAY);
  }

  @Test
  @DisplayName("A drive that is in no register trusts least")
  void stranger() {
    Facts facts =
        DriveFacts.ofStranger(
            new Plugged(content(Verdict.PLAINTEXT), IdentityLevel.MODEL, "", NOW), settings);
    assertThat(facts.standing()).isEqualTo(Facts.Standing.UNREGISTERED);
    assertThat(facts.medium()).isEqualTo(new Facts.Medium(Verdict.PLAINTEXT, false));
  }

  @Test
  @DisplayName("REG-02 after the last day of use a drive has expired, whatever its clock says then")
  void expires() throws Exception {
    register.register(
        new Registration(
            TAG,
            Hardware.of(DeviceIdentity.parse("0951:1666:60A44C413FAEF471")),
            new uk.usbguard.core.registry.Holder(
                uk.usbguard.core.registry.Ownership.ASSIGNED, "a.nurse", "m", "St Elsewhere"),
            new Justification(
                "Carries referral letters to the hospice", DataClass.PATIENT, "", TODAY, TODAY)),
        false,
        DESK);
    issue();
    assertThat(facts(IdentityLevel.SECRET, "a.nurse").standing().expired()).isFalse();
    time = NOW.plus(Duration.ofDays(1));
    register.checkIn(TAG, time, DESK);

    Facts facts = facts(IdentityLevel.SERIAL, "a.nurse");
    assertThat(facts.standing().expired()).isTrue();
    Decision decision = Profile.NHS_DEFAULT.policy().decide(facts);
    assertThat(decision.effect().letsWrite()).isFalse();
  }
}
