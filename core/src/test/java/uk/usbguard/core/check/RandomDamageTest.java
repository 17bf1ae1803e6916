package uk.usbguard.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.container.Anatomy;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.OpenMode;
import uk.usbguard.core.error.DamagedContainerException;

@DisplayName("ENC-02, ENC-14: damage anywhere, several at once (replay with -Dseed=)")
class RandomDamageTest extends DamageCase {

  private static final int ROUNDS = 12;

  @Test
  @DisplayName("after a repair all that is read is what was stored, and the books are right")
  void anywhere() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("RandomDamageTest -Dseed=" + seed);
    Random random = new Random(seed);
    byte[] whole = Files.readAllBytes(path);
    long end = anatomy().end();
    for (int round = 0; round < ROUNDS; round++) {
      Files.write(path, whole);
      for (int i = 1 + random.nextInt(6); i > 0; i--) {
        long at = FIRST_BATCH + (long) (random.nextDouble() * (end - FIRST_BATCH));
        int length = 1 + random.nextInt(random.nextBoolean() ? 16 : 9000);
        write(at, bytes(random.nextLong(), (int) Math.min(length, whole.length - at)));
      }
      try {
        assertMended(repair(), "seed " + seed + ", round " + round);
      } catch (DamagedContainerException e) {
        assertThat(e.part()).isEqualTo(DamagedContainerException.Part.ROOT);
      }
    }
  }

  private void assertMended(RepairReport report, String what) throws Exception {
    try (Container container = open(OpenMode.READ_ONLY)) {
      for (String name : names()) {
        if (files.containsKey(name)) {
          assertIsRight(container, name, what);
        }
      }
      if (report.mending().lostNodes() > 0) {
        assertThat(Anatomy.auditOf(container)).as(what).isEmpty();
      }
    }
    assertThat(repair().mending().isNothing()).as(what).isTrue();
  }

  private void assertIsRight(Container container, String name, String what) throws Exception {
    byte[] content;
    try {
      content = content(container, name);
    } catch (DamagedContainerException e) {
      return; // says so
    }
    boolean older = name.equals("ward/one-4") && content.length == 3004;
    assertThat(older || java.util.Arrays.equals(content, files.get(name)))
        .as("%s of %s", name, what)
        .isTrue();
  }
}
