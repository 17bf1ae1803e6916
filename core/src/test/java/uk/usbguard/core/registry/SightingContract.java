package uk.usbguard.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.usbguard.core.registry.RegisterContract.assertRefused;
import static uk.usbguard.core.registry.Samples.DESK;
import static uk.usbguard.core.registry.Samples.NOW;
import static uk.usbguard.core.registry.Samples.inState;
import static uk.usbguard.core.registry.Samples.tag;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.device.LifecycleState;
import uk.usbguard.core.registry.HostCheck.HostFinding;

/** What a check-in leaves behind, whatever the database. */
interface SightingContract {

  /** The register of this test. */
  DeviceRegister register();

  /** Its clock. */
  Samples.TestClock clock();

  @Test
  @DisplayName("CHK-01 CHK-03 sightings count days; a clock() set back is flagged and earns none")
  default void countsDaysUnseen() throws Exception {
    AssetTag tag = inState(register(), LifecycleState.ISSUED, "NHS-1");
    clock().advance(Duration.ofDays(3));
    register().checkIn(tag, clock().instant(), DESK);
    int lines = register().history(tag).size();
    register().checkIn(tag, clock().instant().plusSeconds(60), DESK);
    assertThat(register().history(tag)).as("a second look within the hour").hasSize(lines);

    register().checkIn(tag, NOW, DESK);
    Device device = register().get(tag);
    assertThat(device.standing().checkIn())
        .isEqualTo(new CheckIn(NOW.plus(Duration.ofDays(3)), NOW.plus(Duration.ofDays(3)), true));
    assertThat(register().fitness(device).concerns()).containsExactly(Concern.CLOCK_SET_BACK);
  }

  @Test
  @DisplayName(
      "CHK-01 CHK-03 one fast clock does not switch the check-in off: the next puts it right")
  default void fastClockIsPutRight() throws Exception {
    AssetTag tag = inState(register(), LifecycleState.ISSUED, "NHS-1");
    clock().advance(Duration.ofDays(100));
    register().checkIn(tag, clock().instant(), DESK);
    clock().advance(Duration.ofDays(-90));
    Device device = register().get(tag);
    assertThat(register().fitness(device).concerns())
        .as("as if it had not been seen for ten days")
        .containsExactly(Concern.CHECK_IN_LATE, Concern.CLOCK_SET_BACK);

    register().checkIn(tag, clock().instant(), DESK);
    assertThat(register().get(tag).standing().checkIn())
        .isEqualTo(new CheckIn(clock().instant(), clock().instant(), true));
    assertThat(register().history(tag).get(0).detail()).isEqualTo("clock set back");
    clock().advance(Duration.ofDays(8));
    assertThat(register().fitness(register().get(tag)).concerns())
        .containsExactly(Concern.CHECK_IN_LATE, Concern.CLOCK_SET_BACK);
    clock().advance(Duration.ofDays(-8));
    assertRefused(
        Refusal.IN_FUTURE,
        () ->
            register().checkIn(tag, clock().instant().plus(CheckIn.TOLERANCE).plusMillis(1), DESK));
    register().checkIn(tag, clock().instant().plus(CheckIn.TOLERANCE), DESK);
  }

  @Test
  @DisplayName("CHK-02 what the PC says of itself is kept with each sighting, also within the hour")
  default void keepsWhatThePcSays() throws Exception {
    AssetTag tag = inState(register(), LifecycleState.ISSUED, "NHS-1");
    register().checkIn(tag, NOW, new HostCheck(8, "1.0", "7", 2), DESK);
    register().checkIn(tag, NOW, new HostCheck(null, "1.0", "", 0), DESK);

    assertThat(register().history(tag))
        .extracting(HistoryLine::detail)
        .startsWith(
            "software 1.0, policy ?, antivirus ? days, updates 0",
            "software 1.0, policy 7, antivirus 8 days, updates 2");
    assertRefused(
        Refusal.FIELD_NOT_PLAIN,
        () -> register().checkIn(tag, NOW, new HostCheck(0, "1\n0", "7", 0), DESK));
  }

  @Test
  @DisplayName("CHK-02 definitions of 8 days, or of unknown age, and waiting updates are findings")
  default void findsOldPcs() {
    assertThat(new HostCheck(7, "1", "1", 0).findings()).isEmpty();
    assertThat(new HostCheck(8, "1", "1", 0).findings()).containsExactly(HostFinding.ANTIVIRUS_OLD);
    assertThat(new HostCheck(null, "1", "1", 1).findings())
        .containsExactly(HostFinding.ANTIVIRUS_UNKNOWN, HostFinding.UPDATES_PENDING);
  }
}
