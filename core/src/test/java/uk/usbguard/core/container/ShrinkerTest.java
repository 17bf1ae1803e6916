package uk.usbguard.core.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ShrinkerTest {

  @Test
  @DisplayName("ENC-02: of a long list that fails the two steps are left that make it fail")
  void leavesWhatMatters() {
    List<Integer> all = IntStream.range(0, 180).boxed().toList();
    List<Integer> shrunk =
        Shrinker.shrink(all, 400, list -> list.contains(17) && list.contains(133));
    assertThat(shrunk).containsExactly(17, 133);
  }
}
