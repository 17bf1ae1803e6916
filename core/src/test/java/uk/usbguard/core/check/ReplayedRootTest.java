package uk.usbguard.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("ENC-03: an old ring of root slots that was put back")
class ReplayedRootTest extends DamageCase {

  @Test
  @DisplayName(
      "hides nothing: newer commits are found behind it, and what was removed stays removed")
  void oldRing() throws Exception {
    byte[][] old = {read(AREAS[0] + RING, 65_536), read(AREAS[1] + RING, 65_536)};
    session(
        container -> {
          remove(container, "ward/one-7");
          put(container, "ward/new", bytes(1, 1000));
        });
    session(container -> remove(container, "ward/one-8"));
    write(AREAS[0] + RING, old[0]);
    write(AREAS[1] + RING, old[1]);

    RepairReport report = repair();

    assertThat(report.isWhole()).isTrue();
    assertAllIsThere();
  }
}
