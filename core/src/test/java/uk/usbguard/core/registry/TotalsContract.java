package uk.usbguard.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.usbguard.core.registry.Samples.DESK;
import static uk.usbguard.core.registry.Samples.NOW;
import static uk.usbguard.core.registry.Samples.issue;
import static uk.usbguard.core.registry.Samples.issued;
import static uk.usbguard.core.registry.Samples.tag;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is counted over the whole history, whatever the database. */
interface TotalsContract {

  /** The register of this test. */
  DeviceRegister register();

  /** Its clock. */
  Samples.TestClock clock();

  private List<String> outstanding() throws Exception {
    List<String> found = new ArrayList<>();
    for (Leaver leaver : register().leavers(10)) {
      leaver.outstanding().forEach(device -> found.add(leaver.owner() + " " + device.tag()));
    }
    return found;
  }

  @Test
  @DisplayName("AUD-05 deeds are counted from a moment on, each by its kind")
  default void countsDeeds() throws Exception {
    issued(register(), "NHS-1", "60A44C413FAEF471");
    clock().advance(Duration.ofDays(1));
    issued(register(), "NHS-2", "60A44C413FAEF472");
    register().lost(tag("NHS-2"), DESK);

    assertThat(register().deeds(NOW))
        .containsEntry(Action.ISSUE, 2L)
        .containsEntry(Action.LOST, 1L);
    assertThat(register().deeds(NOW.plusMillis(1)))
        .containsEntry(Action.ISSUE, 1L)
        .containsEntry(Action.LOST, 1L)
        .doesNotContainKey(Action.FOUND);
    assertThat(register().deeds(NOW.plus(Duration.ofDays(2)))).isEmpty();
  }

  @Test
  @DisplayName("AUD-05 AUD-06 results of spot checks are counted by sample, the newest first")
  default void countsSpotChecks() throws Exception {
    issued(register(), "NHS-1", "60A44C413FAEF471");
    issued(register(), "NHS-2", "60A44C413FAEF472");
    SampleSeed old = new SampleSeed("old");
    SampleSeed young = new SampleSeed("young");
    register().spotCheck(tag("NHS-1"), old, SpotCheck.FOUND, DESK);
    clock().advance(Duration.ofDays(1));
    register().spotCheck(tag("NHS-1"), young, SpotCheck.FOUND, DESK);
    register().spotCheck(tag("NHS-2"), young, SpotCheck.MISSING, DESK);
    clock().advance(Duration.ofDays(1));
    register().spotCheck(tag("NHS-2"), young, SpotCheck.DIFFERS, DESK);

    SampleResults last = new SampleResults("young", 1, 1, 1, NOW.plus(Duration.ofDays(2)));
    assertThat(register().spotChecks(NOW))
        .containsExactly(last, new SampleResults("old", 1, 0, 0, NOW));
    assertThat(register().spotChecks(NOW.plusMillis(1))).containsExactly(last);
    assertThat(last.checked()).isEqualTo(3);
  }

  @Test
  @DisplayName("LEAV-01 leavers are listed with all they still have, until it is back or lost")
  default void listsLeavers() throws Exception {
    issued(register(), "NHS-1", "60A44C413FAEF471");
    issued(register(), "NHS-2", "60A44C413FAEF472");
    issued(register(), "NHS-3", "60A44C413FAEF473");
    register().lost(tag("NHS-2"), DESK);
    register().found(tag("NHS-2"), DESK);
    assertThat(outstanding()).as("nobody leaves").isEmpty();

    register().leaver("A.Nurse", DESK);
    assertThat(outstanding()).containsExactly("a.nurse NHS-1", "a.nurse NHS-2", "a.nurse NHS-3");
    assertThat(register().leavers(10).get(0).since()).isEqualTo(NOW);

    register().giveBack(tag("NHS-1"), DESK);
    register().lost(tag("NHS-3"), DESK);
    assertThat(outstanding()).containsExactly("a.nurse NHS-2");
    register().lost(tag("NHS-2"), DESK);
    assertThat(outstanding()).isEmpty();
  }

  @Test
  @DisplayName(
      "LEAV-01 who does not leave after all, and the next owner of a drive, are no leavers")
  default void forgetsWhoStays() throws Exception {
    issued(register(), "NHS-1", "60A44C413FAEF471");
    register().leaver("a.nurse", DESK);
    register().resume(tag("NHS-1"), DESK);
    assertThat(outstanding()).as("stays").isEmpty();

    register().leaver("a.nurse", DESK);
    register().giveBack(tag("NHS-1"), DESK);
    register().wiped(tag("NHS-1"), "crypto-erase, one pass", "CERT-1", DESK);
    register()
        .transfer(
            tag("NHS-1"),
            new Holder(Ownership.ASSIGNED, "b.porter", "m.anager", "St Elsewhere"),
            DESK);
    issue(register(), tag("NHS-1"));
    assertThat(outstanding()).as("the next owner").isEmpty();
  }
}
