package uk.usbguard.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.usbguard.core.registry.RegisterContract.assertRefused;
import static uk.usbguard.core.registry.Samples.DESK;
import static uk.usbguard.core.registry.Samples.inState;
import static uk.usbguard.core.registry.Samples.tag;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.device.LifecycleState;

/** Random samples and what was found of them, whatever the database. */
interface SpotCheckContract {

  SampleSeed SEED = new SampleSeed("2026-q4");

  /** The register of this test. */
  DeviceRegister register();

  private List<String> sample(int count) throws Exception {
    List<String> tags = new ArrayList<>();
    for (SampledDevice one : register().sample(SEED, count)) {
      tags.add(one.device().tag().text());
    }
    return tags;
  }

  private void enter(int... numbers) throws Exception {
    for (int number : numbers) {
      inState(register(), LifecycleState.APPROVED, "NHS-" + number);
    }
  }

  // for i in 0 1 2 3 4 5 6 7 8 9; do printf "2026-q4\nnhs-$i" | sha256sum | sed "s/-$/$i/"; done |
  // sort
  @Test
  @DisplayName("AUD-06 a sample is the lowest of sha256sum, in whatever order entries came in")
  default void sampleFollowsFromItsSeed() throws Exception {
    enter(3, 9, 0, 7);
    assertThat(sample(3)).containsExactly("NHS-3", "NHS-9", "NHS-7");
    enter(8, 1, 6, 2, 5, 4);
    assertThat(sample(4)).containsExactly("NHS-8", "NHS-2", "NHS-4", "NHS-3");
    assertThat(sample(1000))
        .containsExactly(
            "NHS-8", "NHS-2", "NHS-4", "NHS-3", "NHS-9", "NHS-7", "NHS-5", "NHS-1", "NHS-6",
            "NHS-0");
    assertThat(register().sample(new SampleSeed("other"), 10))
        .extracting(one -> one.device().tag().text())
        .as("another seed")
        .isNotEqualTo(sample(10))
        .containsExactlyInAnyOrderElementsOf(sample(10));
  }

  @Test
  @DisplayName("AUD-06 what is only requested, or disposed of, is not drawn; what is lost is")
  default void drawsWhatShouldBeThere() throws Exception {
    inState(register(), LifecycleState.REQUESTED, "NHS-8");
    inState(register(), LifecycleState.DISPOSED, "NHS-2");
    inState(register(), LifecycleState.LOST, "NHS-4");
    assertThat(sample(10)).containsExactly("NHS-4");
    assertRefused(
        Refusal.NOT_NOW, () -> register().spotCheck(tag("NHS-8"), SEED, SpotCheck.FOUND, DESK));
  }

  @Test
  @DisplayName("AUD-06 the last result under the seed counts, and is kept in the history")
  default void keepsResults() throws Exception {
    enter(2, 4, 8);
    Act silent = new Act("ig", "");
    assertRefused(
        Refusal.FIELD_MISSING,
        () -> register().spotCheck(tag("NHS-2"), SEED, SpotCheck.MISSING, silent));
    Device before = register().get(tag("NHS-2"));
    register().spotCheck(tag("NHS-2"), SEED, SpotCheck.MISSING, new Act("ig", "not in its drawer"));
    register().spotCheck(tag("NHS-2"), SEED, SpotCheck.FOUND, silent);
    register().spotCheck(tag("NHS-4"), SEED, SpotCheck.DIFFERS, new Act("ig", "another owner"));
    register().spotCheck(tag("NHS-8"), new SampleSeed("2025"), SpotCheck.FOUND, silent);

    assertThat(register().get(tag("NHS-2"))).as("nothing else changes").isEqualTo(before);
    assertThat(register().sample(SEED, 10))
        .extracting(SampledDevice::result)
        .containsExactly(null, SpotCheck.FOUND, SpotCheck.DIFFERS);
    assertThat(register().history(tag("NHS-2")).get(1))
        .satisfies(
            line -> {
              assertThat(line.action()).isEqualTo("spot-check");
              assertThat(line.detail()).isEqualTo("missing 2026-q4");
              assertThat(line.reason()).isEqualTo("not in its drawer");
            });
  }
}
