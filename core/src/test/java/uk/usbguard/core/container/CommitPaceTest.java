package uk.usbguard.core.container;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("ENC-14: a commit is due")
class CommitPaceTest {

  private static final int ROOM = 16 << 20;

  private final Rig.Time clock = new Rig.Time();
  private final CommitPace pace = new CommitPace(clock, ROOM);

  @ParameterizedTest(name = "{0} MiB free: at {1} KiB")
  @DisplayName("after 8 MiB, near the end of a medium after a fourth of what is free")
  @CsvSource({"1000, 8192", "32, 8192", "8, 2048", "1, 256", "0, 256"})
  void whenMuchHasGathered(int freeMib, int dueKib) {
    pace.begin((long) freeMib << 20);
    assertThat(pace.isDue(((long) dueKib << 10) - 1, 0, 0)).isFalse();
    assertThat(pace.isDue((long) dueKib << 10, 0, 0)).isTrue();
  }

  @ParameterizedTest(name = "{0} nodes, {1} bytes of changes, {2} ms: {3}")
  @DisplayName("after 256 nodes in regions of 16 MiB, 2 MiB of changes or two seconds")
  @CsvSource({
    "255, 0, 0, false",
    "256, 0, 0, true",
    "0, 2097151, 0, false",
    "0, 2097152, 0, true",
    "0, 0, 1999, false",
    "0, 0, 2000, true"
  })
  void whenOtherThingsAreMany(int nodes, long changes, long millis, boolean due) {
    pace.begin(Long.MAX_VALUE);
    clock.pass(millis);
    assertThat(pace.isDue(0, nodes, changes)).isEqualTo(due);
  }
}
