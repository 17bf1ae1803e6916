package uk.usbguard.core.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.EntryException;

/**
 * Random lives of a container and of a map from paths to content. Replay with -Dseed=...; a life
 * that goes wrong is shrunk to the steps that matter, which are printed.
 */
class ContainerModelTest {

  private static final int STEPS = 180;
  private static final int SHRINKING_TRIES = 150;

  static LongStream seeds() {
    Long replayed = Long.getLong("seed");
    return replayed != null
        ? LongStream.of(replayed)
        : LongStream.concat(LongStream.rangeClosed(1, 2), LongStream.of(new Random().nextLong()));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("ENC-02: a container holds what a map would hold, and its books of space are right")
  void holdsWhatAMapHolds(long seed) throws Exception {
    System.out.println("ContainerModelTest -Dseed=" + seed);
    int segmentMib = seed % 2 == 0 ? 4 : 64;
    List<LifeStep> steps = new RandomSteps(new Random(seed), true, 1).list(STEPS);
    Optional<String> wrong = wrong(segmentMib, steps);
    if (wrong.isPresent()) {
      List<LifeStep> shrunk =
          Shrinker.shrink(steps, SHRINKING_TRIES, list -> wrong(segmentMib, list).isPresent());
      System.out.println("goes wrong: " + wrong(segmentMib, shrunk).orElse("not each time"));
      shrunk.forEach(step -> System.out.println("  " + step));
    }
    assertThat(wrong).isEmpty();
  }

  /** What is wrong after these steps, if anything is. */
  private static Optional<String> wrong(int segmentMib, List<LifeStep> steps) {
    try {
      live(new Rig(segmentMib), steps);
      return Optional.empty();
    } catch (Exception | AssertionError e) {
      return Optional.of(e.toString());
    }
  }

  private static void live(Rig rig, List<LifeStep> steps) throws IOException, ContainerException {
    Life life = new Life(rig);
    for (int done = 0; done < steps.size(); done += 30) {
      life.live(steps.subList(done, Math.min(done + 30, steps.size())));
      Map<String, byte[]> found = StoredTree.of(rig.container);
      assertThat(StoredTree.difference(found, life.now())).isEmpty();
      rig.container.close();
      try (Container reader = rig.open(rig.medium, OpenMode.READ_ONLY)) {
        Map<String, byte[]> stored = StoredTree.of(reader);
        assertThat(StoredTree.difference(stored, life.now())).isEmpty();
        BookAudit audit = BookAudit.of(reader);
        assertThat(audit.faults()).isEmpty();
        assertThat(audit.leaked()).isZero();
        assertThat(reader.info().files())
            .isEqualTo(stored.values().stream().filter(v -> v != StoredTree.FOLDER).count());
        assertThat(reader.info().payloadBytes())
            .isEqualTo(stored.values().stream().mapToLong(v -> v.length).sum());
      }
      rig.container = rig.open(rig.medium, OpenMode.READ_WRITE);
    }
    rig.container.close();
    assertThat(rig.medium.openFiles()).isZero();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("ENC-02: a reader beside a writer that also compacts sees one state, not a mixture")
  void readersSeeOneState(long seed) throws Exception {
    System.out.println("ContainerModelTest.readers -Dseed=" + seed);
    Rig rig = new Rig(seed % 2 == 0 ? 4 : 64);
    Life life = new Life(rig);
    AtomicBoolean ended = new AtomicBoolean();
    ExecutorService beside = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> looks = beside.submit(() -> readWhile(rig, life, ended));
      List<LifeStep> steps = new RandomSteps(new Random(seed), true, 8).list(STEPS);
      try {
        life.live(steps);
      } finally {
        ended.set(true);
      }
      assertThat(looks.get()).isPositive();
    } finally {
      beside.shutdown();
    }
    rig.container.close();
  }

  /** Opens, reads everything twice, and compares; returns how often. */
  private static int readWhile(Rig rig, Life life, AtomicBoolean ended) throws Exception {
    int looks = 0;
    do {
      try (Container reader = rig.open(rig.medium, OpenMode.READ_ONLY)) {
        for (int i = 0; i < 2; i++) {
          long pinned = reader.session().current().generation();
          Optional<Map<String, byte[]>> found = look(reader, pinned);
          // a reader that the writer has overtaken by far goes on to the newest state
          if (found.isPresent() && reader.session().current().generation() == pinned) {
            assertThat(life.states())
                .as("generation %d", pinned)
                .anyMatch(state -> StoredTree.same(found.get(), state.content()));
            looks++;
          }
        }
      }
    } while (!ended.get());
    return looks;
  }

  /** Nothing if a file that it was at is gone in the state that the reader had to go on to. */
  private static Optional<Map<String, byte[]>> look(Container reader, long pinned)
      throws Exception {
    try {
      return Optional.of(StoredTree.of(reader));
    } catch (EntryException e) {
      if (reader.session().current().generation() == pinned) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
