package uk.usbguard.core.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ShortestFailureTest {

  @Test
  @DisplayName("what is left are the steps that it takes to fail, in their order")
  void findsTheStepsThatMatter() {
    List<Integer> steps = IntStream.range(0, 1000).boxed().toList();

    List<Integer> shortest =
        ShortestFailure.of(steps, some -> some.containsAll(List.of(17, 500, 998)));

    assertThat(shortest).containsExactly(17, 500, 998);
  }

  @Test
  @DisplayName("a single step is a failure like any other")
  void leavesASingleStep() {
    assertThat(ShortestFailure.of(List.of(1), some -> true)).containsExactly(1);
  }
}
