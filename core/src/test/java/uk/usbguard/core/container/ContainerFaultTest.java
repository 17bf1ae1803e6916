package uk.usbguard.core.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.usbguard.core.container.MemorySegments.Kind;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.MediumFullException;

/** Lets one operation of a medium fail, at random. Replay with -Dseed=... */
class ContainerFaultTest {

  private static final int TRIES = 5;

  /** A read failed in the middle of a write through an editor, and its first half was kept. */
  private static final long HALF_A_WRITE = -7147323048717549404L;

  static LongStream seeds() {
    Long replayed = Long.getLong("seed");
    return replayed != null
        ? LongStream.of(replayed)
        : LongStream.of(1, 2, HALF_A_WRITE, new Random().nextLong());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("ENC-14: a full medium costs what was not committed and nothing else; work goes on")
  void goesOnAfterAFullMedium(long seed) throws Exception {
    System.out.println("ContainerFaultTest.full -Dseed=" + seed);
    for (int i = 0; i < TRIES; i++) {
      Random random = new Random(seed * TRIES + i);
      Rig rig = new Rig(i % 2 == 0 ? 4 : 64);
      Life life = new Life(rig);
      RandomSteps dice = new RandomSteps(random, true, 1);
      failOnce(rig, Kind.WRITE, random.nextInt(120), "No space left on device");
      for (int step = 0; step < 60; step++) {
        try {
          life.live(dice.list(1));
        } catch (MediumFullException e) {
          rig.medium.mend();
          if (rig.container.session().isClosed()) {
            rig.container = rig.open(rig.medium, OpenMode.READ_WRITE);
          }
          requirePossible(life, rig.container, "try " + i);
        }
      }
      closeOnMedium(rig, life, "try " + i);
      try (Container reader = rig.open(rig.medium, OpenMode.READ_ONLY)) {
        assertThat(StoredTree.difference(StoredTree.of(reader), life.now())).isEmpty();
        assertThat(BookAudit.of(reader).faults()).isEmpty();
      }
      assertThat(rig.medium.openFiles()).isZero();
    }
  }

  /** What was saved last can be what the medium was too full for. */
  private static void closeOnMedium(Rig rig, Life life, String what) throws Exception {
    try {
      rig.container.close();
    } catch (MediumFullException e) {
      rig.medium.mend();
      rig.container = rig.open(rig.medium, OpenMode.READ_WRITE);
      requirePossible(life, rig.container, what);
      rig.container.close();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("ENC-03: after one failed read, write or force nothing that was promised is lost")
  void losesNothingWhenAnOperationFails(long seed) throws Exception {
    System.out.println("ContainerFaultTest.fault -Dseed=" + seed);
    for (int i = 0; i < TRIES; i++) {
      Random random = new Random(seed * TRIES + i);
      Kind kind = Kind.values()[random.nextInt(3)];
      Rig rig = new Rig(i % 2 == 0 ? 4 : 64);
      Life life = new Life(rig);
      RandomSteps dice = new RandomSteps(random, true, 1);
      failOnce(rig, kind, random.nextInt(150), "Input/output error");
      liveUntilFault(life, dice);
      rig.medium.mend();
      closeQuietly(rig.container);
      assertThat(rig.medium.openFiles()).as("%s, try %d", kind, i).isZero();
      rig.container = rig.open(rig.medium, OpenMode.READ_WRITE);
      requirePossible(life, rig.container, kind + ", try " + i);
      life.live(dice.list(10));
      rig.container.close();
      try (Container reader = rig.open(rig.medium, OpenMode.READ_ONLY)) {
        assertThat(StoredTree.difference(StoredTree.of(reader), life.now())).isEmpty();
        assertThat(BookAudit.of(reader).faults()).as("%s, try %d", kind, i).isEmpty();
      }
    }
  }

  private static void liveUntilFault(Life life, RandomSteps dice) {
    try {
      life.live(dice.list(60));
    } catch (IOException | ContainerException e) {
      // as it was meant to
    }
  }

  private static void closeQuietly(Container container) {
    try {
      container.close();
    } catch (IOException | ContainerException e) {
      // what was not committed is lost, which the test looks at
    }
  }

  private static void failOnce(Rig rig, Kind kind, int after, String message) {
    AtomicInteger left = new AtomicInteger(after);
    rig.medium.failWhere(
        (k, segment, offset, length) -> {
          if (k == kind && left.getAndDecrement() == 0) {
            throw new IOException(message);
          }
        });
  }

  private static void requirePossible(Life life, Container container, String what)
      throws Exception {
    Map<String, byte[]> found = StoredTree.of(container);
    assertThat(life.possible())
        .as("%s: %s", what, StoredTree.difference(found, life.possible().get(0).content()))
        .anyMatch(state -> StoredTree.same(found, state.content()));
    life.continueFrom(found);
  }
}
