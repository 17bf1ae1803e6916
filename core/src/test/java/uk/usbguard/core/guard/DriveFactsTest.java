package uk.usbguard.core.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.core.device.DeviceIdentity;
import uk.usbguard.core.device.DeviceShape;
import uk.usbguard.core.device.IdentityLevel;
import uk.usbguard.core.media.Verdict;
import uk.usbguard.core.policy.Decision;
import uk.usbguard.core.policy.Exemption;
import uk.usbguard.core.policy.Facts;
import uk.usbguard.core.policy.Holder;
import uk.usbguard.core.policy.Ownership;
import uk.usbguard.core.policy.Profile;
import uk.usbguard.core.policy.RegisterState;
import uk.usbguard.core.registry.Act;
import uk.usbguard.core.registry.AssetTag;
import uk.usbguard.core.registry.CheckInRule;
import uk.usbguard.core.registry.DataClass;
import uk.usbguard.core.registry.Device;
import uk.usbguard.core.registry.DeviceRegister;
import uk.usbguard.core.registry.HandoverItem;
import uk.usbguard.core.registry.Hardware;
import uk.usbguard.core.registry.Justification;
import uk.usbguard.core.registry.Organisation;
import uk.usbguard.core.registry.RegisterAddress;
import uk.usbguard.core.registry.RegisterEnvironment;
import uk.usbguard.core.registry.RegisterListener;
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
  private static final AssetTag TAG = new AssetTag("NHS-1");

  @TempDir private Path folder;
  private DeviceRegister register;
  private RegisterSettings settings;

  @BeforeEach
  void open() throws Exception {
    register =
        DeviceRegister.open(
            new RegisterAddress.InFile(folder.resolve("r.db")),
            true,
            null,
            new RegisterEnvironment(
                Clock.fixed(NOW, ZoneOffset.UTC), RegisterListener.NONE, Duration.ofSeconds(1)));
    settings =
        new RegisterSettings(
            new Organisation("St Elsewhere", "01632 960123", "ig@example.org"),
            "1",
            CheckInRule.DEFAULT,
            false,
            List.of());
    register.decide(settings, DESK);
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
                DeviceIdentity.parse("0951:1666:60A44C413FAEF471"), "D1", 8_000_000, "ID1", ""),
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
    Device device = register.get(TAG);
    return DriveFacts.of(
        device, new Plugged(Verdict.VERIFIED_ENCRYPTED, shown, user, NOW), settings);
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
    register.except(TAG, leave(ExceptionKind.BYOD, ""), DESK);
    register.except(TAG, leave(ExceptionKind.UNENCRYPTED, "Board 2026-11"), DESK);

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
                Verdict.PLAINTEXT, IdentityLevel.MODEL, "", Instant.parse("2026-11-25T00:00:00Z")),
            settings);
    assertThat(later.standing().exemptions()).isEmpty();
  }

  private static UseException leave(ExceptionKind kind, String board) {
    return new UseException(kind, "boss", "RA-7", board, TODAY);
  }

  @Test
  @DisplayName("A drive that is in no register trusts least")
  void stranger() {
    Facts facts =
        DriveFacts.ofStranger(
            new Plugged(Verdict.PLAINTEXT, IdentityLevel.MODEL, "", NOW), settings);
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
    register.checkIn(TAG, NOW.plus(Duration.ofDays(1)), DESK);

    Facts facts = facts(IdentityLevel.SERIAL, "a.nurse");
    assertThat(facts.standing().expired()).isTrue();
    Decision decision = Profile.NHS_DEFAULT.policy().decide(facts);
    assertThat(decision.effect().letsWrite()).isFalse();
  }
}
