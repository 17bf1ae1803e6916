package uk.usbguard.core.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random lives of a container and of a map from paths to content. Replay with -Dseed=... */
class ContainerModelTest {

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
    Random random = new Random(seed);
    Rig rig = new Rig(seed % 2 == 0 ? 4 : 64);
    Life life = new Life(rig);
    RandomSteps dice = new RandomSteps(random, true, 1);
    for (int i = 0; i < 6; i++) {
      life.live(dice.list(30));
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
}
