package uk.usbguard.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.usbguard.core.registry.RegisterContract.assertRefused;
import static uk.usbguard.core.registry.Samples.DESK;
import static uk.usbguard.core.registry.Samples.inState;
import static uk.usbguard.core.registry.Samples.tag;

import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.device.LifecycleState;
import uk.usbguard.core.registry.UseException.ExceptionKind;

/** What leave to do otherwise is worth, whatever the database. */
interface ExceptionContract {

  /** The register of this test. */
  DeviceRegister register();

  /** Its clock. */
  Samples.TestClock clock();

  @Test
  @DisplayName("REG-07 a personal drive is used only with an exception, and not after its end")
  default void personalDrivesNeedAnException() throws Exception {
    AssetTag tag = tag("BYOD-1");
    Holder own = new Holder(Ownership.PERSONAL, "a.nurse", "m.anager", "St Elsewhere");
    register()
        .register(
            new Registration(tag, Samples.hardware("60A44C413FAEF471"), own, Samples.purpose()),
            false,
            DESK);
    assertRefused(Refusal.BYOD_EXCEPTION_MISSING, () -> Samples.issue(register(), tag));
    UseException leave =
        new UseException(ExceptionKind.BYOD, "boss", "RA-7", "", Samples.TODAY.plusDays(30));
    register().except(tag, leave, Samples.BOSS);
    Device device = register().issue(tag, DESK);

    assertThat(register().fitness(device).restriction()).isEqualTo(Restriction.NONE);
    clock().advance(Duration.ofDays(31));
    register().checkIn(tag, clock().instant(), DESK);
    assertThat(register().fitness(register().get(tag)).concerns())
        .contains(Concern.BYOD_NOT_ALLOWED);
    assertThat(register().fitness(register().get(tag)).restriction()).isEqualTo(Restriction.LOCKED);
  }

  @Test
  @DisplayName("GOV-02 leave to be unencrypted needs assessment, Board reference, approver and end")
  default void unencryptedNeedsEverything() throws Exception {
    AssetTag tag = inState(register(), LifecycleState.ISSUED, "NHS-1");
    LocalDate end = Samples.TODAY.plusDays(90);

    assertRefused(Refusal.FIELD_MISSING, () -> except(tag, "boss", "", "BR-1", end));
    assertRefused(Refusal.FIELD_MISSING, () -> except(tag, "boss", "RA-1", " ", end));
    assertRefused(Refusal.FIELD_MISSING, () -> except(tag, "", "RA-1", "BR-1", end));
    assertRefused(Refusal.SELF_APPROVAL, () -> except(tag, "a.nurse", "RA-1", "BR-1", end));
    assertRefused(
        Refusal.EXCEPTION_ENDED,
        () -> except(tag, "boss", "RA-1", "BR-1", Samples.TODAY.minusDays(1)));
    assertRefused(
        Refusal.EXCEPTION_TOO_LONG,
        () -> except(tag, "boss", "RA-1", "BR-1", Samples.TODAY.plusDays(367)));
    UseException given = except(tag, "boss", "RA-1", "BR-1", end).paperwork().unencrypted();
    assertThat(given).isNotNull();
    assertThat(given.isInForce(end)).isTrue();
    assertThat(given.isInForce(end.plusDays(1))).isFalse();
  }

  private Device except(AssetTag tag, String who, String risk, String board, LocalDate end)
      throws Exception {
    return register()
        .except(
            tag, new UseException(ExceptionKind.UNENCRYPTED, who, risk, board, end), Samples.BOSS);
  }
}
