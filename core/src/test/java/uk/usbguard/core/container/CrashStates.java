package uk.usbguard.core.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.usbguard.core.container.CrashOracle.Outcome;
import uk.usbguard.core.container.CrashOracle.Verdict;
import uk.usbguard.core.container.MemorySegments.Event;

/**
 * Pulls the stick at every moment of some lives, leaves what a medium may have kept of what was
 * under way, and looks at what opens. Replay with -Dseed=...
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CrashStates {

  private static final int KIB = 1024;

  /** Steps of a life, and how many fates are tried at each of its moments. */
  private static final int LIFE = 60;

  private static final int MOST_PER_CUT = 2_500;
  private static final int HONEST_DRAWS = 100;
  private static final int LYING_DRAWS = 135;
  private static final int KEY_DRAWS = 9;
  private static final int NEIGHBOUR_DRAWS = 12;
  private static final int RECOVERIES = 80;

  private final int scale;
  private final int wanted;
  private final long seed = Long.getLong("seed", new Random().nextLong());
  private final Random random = new Random(seed);
  private final List<CrashTally> tallies = new ArrayList<>();
  private final List<Lived> lives = new ArrayList<>();

  /** A trace and who knows what may be found after it. */
  private record Lived(Trace trace, CrashOracle oracle) {
    static Lived of(Trace trace) throws Exception {
      return new Lived(trace, new CrashOracle(trace));
    }
  }

  /**
   * Takes the size of the campaign.
   *
   * @param scale how many times as many states as the smallest
   * @param wanted so many states at least
   */
  CrashStates(int scale, int wanted) {
    this.scale = scale;
    this.wanted = wanted;
  }

  @BeforeAll
  void live() throws Exception {
    System.out.println(getClass().getSimpleName() + " -Dseed=" + seed);
    for (long s : new long[] {1, 2, seed}) {
      lives.add(Lived.of(CrashLives.random(s, LIFE)));
    }
  }

  private CrashTally tally(String kind) {
    CrashTally tally = new CrashTally(kind);
    tallies.add(tally);
    return tally;
  }

  @Test
  @DisplayName(
      "ENC-03: on a medium that keeps its word nothing that was promised is lost, whatever part of"
          + " what was under way arrives")
  void keepsPromisesOnHonestMedia() throws Exception {
    CrashTally every = tally("honest, every state");
    for (Trace trace : CrashLives.brief()) {
      Lived life = Lived.of(trace);
      PowerCuts.through(
          trace,
          0,
          cut -> Crashes.all(cut, MOST_PER_CUT * scale, random, honest(life, cut, every)));
    }
    CrashTally drawn = tally("honest, drawn");
    for (Lived life : lives) {
      PowerCuts.through(
          life.trace(),
          0,
          cut -> Crashes.some(cut, HONEST_DRAWS * scale, random, honest(life, cut, drawn)));
    }
    Lived large = Lived.of(CrashLives.largeFile());
    PowerCuts.through(
        large.trace(), 0, cut -> Crashes.some(cut, 5 * scale, random, honest(large, cut, drawn)));
  }

  private static Crashes.Look honest(Lived life, PowerCuts.Cut cut, CrashTally tally) {
    return (image, fates) -> {
      Verdict verdict = life.oracle().look(image, cut, what(life, cut, fates));
      tally.add(verdict);
      assertThat(verdict.outcome()).as(what(life, cut, fates)).isEqualTo(Outcome.PROMISED);
    };
  }

  private static String what(Lived life, PowerCuts.Cut cut, Object more) {
    return life.trace().name() + ", after event " + cut.done() + ": " + more;
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 24, 64})
  @DisplayName(
      "ENC-03: on a medium that loses any of its last writes what opens is a state from before"
          + " them or a newer one, and what of it was lost is named")
  void namesWhatLyingMediaLose(int writes) throws Exception {
    CrashTally tally = tally("lying about the last " + writes);
    for (Lived life : lives) {
      PowerCuts.through(
          life.trace(),
          writes,
          cut ->
              Crashes.some(
                  cut,
                  LYING_DRAWS * scale,
                  random,
                  (image, fates) -> {
                    Verdict verdict = life.oracle().look(image, cut, what(life, cut, fates));
                    tally.add(verdict);
                    assertThat(verdict.inWindow()).as(what(life, cut, fates)).isTrue();
                  }));
    }
  }

  @Test
  @DisplayName(
      "ENC-05: also where a medium loses or tears its last writes, changing a key leaves a way in")
  void changesKeysOnLyingMedia() throws Exception {
    CrashTally tally = tally("keys change, lying, last 64");
    Lived life = Lived.of(CrashLives.keyChanges());
    PowerCuts.through(
        life.trace(),
        64,
        cut ->
            Crashes.some(
                cut,
                KEY_DRAWS * scale,
                random,
                (image, fates) -> {
                  Verdict verdict = life.oracle().look(image, cut, what(life, cut, fates));
                  tally.add(verdict);
                  assertThat(verdict.inWindow()).as(what(life, cut, fates)).isTrue();
                }));
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 1024})
  @DisplayName(
      "ENC-03: a medium that spoils what lies around its last write costs what lay there, which is"
          + " named")
  void namesWhatNeighboursLose(int unitKib) throws Exception {
    CrashTally tally = tally("spoils " + unitKib + " KiB around");
    for (Lived life : lives) {
      PowerCuts.through(
          life.trace(),
          0,
          cut ->
              Crashes.some(
                  cut,
                  NEIGHBOUR_DRAWS * scale,
                  random,
                  (image, fates) -> {
                    Event last = cut.open().get(cut.open().size() - 1);
                    image.spoil(last, unitKib * KIB, random);
                    Verdict verdict = life.oracle().look(image, cut, what(life, cut, fates));
                    tally.add(verdict);
                    assertThat(unitKib == 128 && verdict.outcome() == Outcome.LOST).isFalse();
                  }));
    }
  }

  @Test
  @DisplayName("ENC-03: a second pull while the next writer begins loses nothing either")
  void survivesASecondPull() throws Exception {
    CrashTally tally = tally("second pull");
    for (Lived life : lives) {
      int every = Math.max(1, life.trace().events().size() / RECOVERIES);
      PowerCuts.through(
          life.trace(),
          0,
          cut -> {
            if (cut.done() % every == 0) {
              Crashes.some(cut, scale, random, (image, fates) -> again(life, cut, image, tally));
            }
          });
    }
  }

  private void again(Lived life, PowerCuts.Cut first, MemorySegments image, CrashTally tally)
      throws Exception {
    String name = what(life, first, "then");
    Lived next = Lived.of(Trace.afterCrash(name, life.trace(), image, life.trace().opener()::open));
    PowerCuts.through(
        next.trace(), 0, cut -> Crashes.all(cut, 400, random, honest(next, cut, tally)));
  }

  @AfterAll
  void report() {
    int states = tallies.stream().mapToInt(CrashTally::states).sum();
    System.out.printf(Locale.ROOT, "crash states: %,d tried, -Dseed=%d%n", states, seed);
    tallies.forEach(tally -> System.out.println("crash states:   " + tally));
    assertThat(states).as("crash states that were tried").isGreaterThanOrEqualTo(wanted);
  }
}
