package uk.usbguard.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * As many changed vectors as fit into {@code -Dfuzz.seconds} for each parser. A failure is replayed
 * with the {@code -Dseed} and {@code -Dfuzz.input} that it names.
 */
class ParserMutationTest {

  private static final long SEED = Long.getLong("seed", new Random().nextLong() >>> 16);
  private static final long NANOS = Integer.getInteger("fuzz.seconds", 4) * 1_000_000_000L;
  private static final AtomicLong INPUTS = new AtomicLong();

  @ParameterizedTest
  @EnumSource(FuzzTarget.class)
  @DisplayName(
      "ENC-14: no input makes a parser fail otherwise than declared, hang, or take more than its cap")
  void survives(FuzzTarget target) throws Exception {
    List<byte[]> seeds = target.seeds();
    assertThat(seeds).isNotEmpty();
    Mutator mutator = new Mutator(seeds, target.longest(), SEED);
    Long only = Long.getLong("fuzz.input");
    if (only != null) {
      Guard.check(target, mutator.input(only));
      return;
    }
    long end = System.nanoTime() + NANOS;
    for (long n = 0; n < seeds.size() || System.nanoTime() < end; n++) {
      try {
        Guard.check(target, mutator.input(n));
      } catch (AssertionError e) {
        throw new AssertionError(
            "-Dseed=" + SEED + " -Dfuzz.input=" + n + ": " + e.getMessage(), e);
      }
      INPUTS.incrementAndGet();
    }
  }

  @AfterAll
  static void say() {
    System.out.println(
        "fuzz inputs: "
            + INPUTS.get()
            + " over "
            + FuzzTarget.values().length
            + " parsers -Dseed="
            + SEED);
  }
}
