package uk.usbguard.core.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LifecycleStateTest {

  /** Written down from the requirement, not from the code. */
  private static final Set<String> LEGAL =
      Set.of(
          "REQUESTED>APPROVED",
          "APPROVED>ISSUED",
          "ISSUED>SUSPENDED",
          "ISSUED>LOST",
          "ISSUED>RETURNED",
          "SUSPENDED>ISSUED",
          "SUSPENDED>LOST",
          "SUSPENDED>RETURNED",
          "LOST>FOUND",
          "FOUND>ISSUED",
          "FOUND>RETURNED",
          "FOUND>LOST",
          "RETURNED>WIPED",
          "WIPED>APPROVED",
          "APPROVED>LOST",
          "RETURNED>LOST",
          "WIPED>LOST",
          "REQUESTED>DISPOSED",
          "APPROVED>DISPOSED",
          "LOST>DISPOSED",
          "RETURNED>DISPOSED",
          "WIPED>DISPOSED");

  @Test
  @DisplayName("REG-08 of all pairs of states only the legal ones may follow one another")
  void onlyLegalPairsFollow() {
    var found = new TreeSet<String>();
    for (LifecycleState from : LifecycleState.values()) {
      for (LifecycleState to : LifecycleState.values()) {
        if (from.mayBecome(to)) {
          found.add(from + ">" + to);
        }
      }
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(LEGAL);
  }

  @Test
  @DisplayName("INC-06 WIPE-03 nothing leads back into use past clearance, wipe and approval")
  void useIsReachedOnlyThroughTheGates() {
    for (LifecycleState from : LifecycleState.values()) {
      if (from.mayBecome(LifecycleState.ISSUED)) {
        assertThat(from)
            .isIn(LifecycleState.APPROVED, LifecycleState.SUSPENDED, LifecycleState.FOUND);
      }
      if (from.mayBecome(LifecycleState.APPROVED)) {
        assertThat(from).isIn(LifecycleState.REQUESTED, LifecycleState.WIPED);
      }
      if (from.mayBecome(LifecycleState.WIPED)) {
        assertThat(from).isEqualTo(LifecycleState.RETURNED);
      }
    }
    assertThat(LifecycleState.DISPOSED.next()).isEmpty();
  }
}
