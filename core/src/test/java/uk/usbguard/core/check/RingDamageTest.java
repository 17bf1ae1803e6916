package uk.usbguard.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("ENC-14: root slots that are lost")
class RingDamageTest extends DamageCase {

  @Test
  @DisplayName("in both areas: the newest commit is found by its batch, and the ring is begun anew")
  void bothRingsZeroed() throws Exception {
    zero(AREAS[0] + RING, 65_536);
    zero(AREAS[1] + RING, 65_536);

    assertThat(trial().mending().rings()).containsExactly(0, 1);
    RepairReport report = repair();

    assertThat(report.mending().opened()).isFalse();
    assertThat(report.mending().rings()).containsExactly(0, 1);
    assertThat(report.isWhole()).isTrue();
    assertThat(repair().mending().isNothing()).isTrue();
    assertAllIsThere();
  }

  @Test
  @DisplayName("in one area: the other serves, and the lost one is begun anew")
  void oneRingZeroed() throws Exception {
    zero(AREAS[1] + RING, 65_536);

    RepairReport report = repair();

    assertThat(report.mending().opened()).isTrue();
    assertThat(report.mending().rings()).containsExactly(1);
    assertThat(repair().mending().isNothing()).isTrue();
    assertAllIsThere();
  }
}
