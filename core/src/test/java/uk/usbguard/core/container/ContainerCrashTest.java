package uk.usbguard.core.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.usbguard.core.container.MemorySegments.Event;
import uk.usbguard.core.container.MemorySegments.Kind;

/**
 * Pulls the stick between any two writes of a random life. The medium keeps what was forced; of
 * what was written since, all, nothing or any part of each write arrives. Replay with -Dseed=...
 */
class ContainerCrashTest {

  private static final int SECTOR = 512;
  private static final int STATES = 40;

  static LongStream seeds() {
    Long replayed = Long.getLong("seed");
    return replayed != null
        ? LongStream.of(replayed)
        : LongStream.concat(LongStream.rangeClosed(1, 2), LongStream.of(new Random().nextLong()));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName(
      "ENC-03: after a pull at any moment the container is whole and holds what was promised")
  void survivesAPullAtAnyMoment(long seed) throws Exception {
    System.out.println("ContainerCrashTest -Dseed=" + seed);
    Random random = new Random(seed);
    Rig rig = new Rig(seed % 2 == 0 ? 4 : 64);
    MemorySegments sure = rig.medium.copy();
    rig.medium.record();
    RandomLife life = new RandomLife(rig, random, seed % 3 == 0);
    life.steps(90);
    rig.container.close();
    List<Event> events = rig.medium.events();
    double share = (double) STATES / events.size();
    List<Event> open = new ArrayList<>();
    for (int done = 0; done <= events.size(); done++) {
      if (random.nextDouble() < share || done == events.size()) {
        examine(life, arrived(sure, open, random), done, random.nextInt(4) == 0);
      }
      if (done < events.size()) {
        open = apply(events.get(done), sure, open);
      }
    }
  }

  /** The medium if the power goes now. */
  private static MemorySegments arrived(MemorySegments sure, List<Event> open, Random random) {
    MemorySegments medium = sure.copy();
    boolean all = random.nextInt(3) == 0;
    for (Event write : open) {
      int sectors = (write.bytes().length + SECTOR - 1) / SECTOR;
      int kept =
          switch (all ? 0 : random.nextInt(3)) {
            case 0 -> sectors;
            case 1 -> random.nextInt(sectors + 1);
            default -> 0;
          };
      medium.replay(write, Math.min(write.bytes().length, kept * SECTOR));
    }
    return medium;
  }

  /** Returns what nobody forced yet. */
  private static List<Event> apply(Event event, MemorySegments sure, List<Event> open) {
    List<Event> rest = new ArrayList<>();
    if (event.kind() == Kind.WRITE) {
      rest.addAll(open);
      rest.add(event);
      return rest;
    }
    for (Event write : open) {
      if (write.segment() == event.segment()) {
        sure.replay(write);
      } else {
        rest.add(write);
      }
    }
    sure.replay(event);
    return rest;
  }

  private static void examine(RandomLife life, MemorySegments medium, int done, boolean goOn)
      throws Exception {
    RandomLife.Promise promise = life.promises.get(0);
    for (RandomLife.Promise later : life.promises) {
      promise = later.events() <= done ? later : promise;
    }
    Map<String, byte[]> found;
    try (Container container = life.rig.open(medium, OpenMode.READ_ONLY)) {
      assertThat(container.openReport().generation())
          .as("generation after %d writes", done)
          .isGreaterThanOrEqualTo(promise.generation());
      found = RandomLife.contentOf(container);
      assertThat(BookAudit.of(container).faults()).as("books after %d writes", done).isEmpty();
    }
    boolean expected = false;
    for (int i = promise.states() - 1; i < life.states.size(); i++) {
      RandomLife.State state = life.states.get(i);
      expected |= state.since() <= done && RandomLife.same(found, state.content());
    }
    Map<String, byte[]> promised = life.states.get(promise.states() - 1).content();
    assertThat(expected)
        .as("after %d writes: %s", done, RandomLife.difference(found, promised))
        .isTrue();
    if (goOn) {
      goOn(life, medium, found);
    }
  }

  /** The next writer can work with what it finds. */
  private static void goOn(RandomLife life, MemorySegments medium, Map<String, byte[]> found)
      throws Exception {
    try (Container container = life.rig.open(medium, OpenMode.READ_WRITE)) {
      container.makeFolder(Rig.path("/after"), FileMeta.at(life.rig.clock.instant()));
    }
    try (Container container = life.rig.open(medium, OpenMode.READ_ONLY)) {
      Map<String, byte[]> then = RandomLife.contentOf(container);
      assertThat(then.remove("/after")).isNotNull();
      assertThat(RandomLife.difference(then, found)).isEmpty();
      assertThat(BookAudit.of(container).faults()).isEmpty();
    }
  }
}
