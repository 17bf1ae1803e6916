package uk.usbguard.core.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.usbguard.core.error.ContainerException;

/** Compaction gives back what is free, at the first time of asking. */
class CompactionTest {

  private static final int FILES = 80;
  private static final int FILE_BYTES = 200_000;

  /** The key areas and root slots, and what the last commits themselves have written. */
  private static final long OVERHEAD = 3 << 20;

  private Rig rig;

  @BeforeEach
  void fill() throws Exception {
    rig = new Rig(64);
    for (int i = 0; i < FILES; i++) {
      rig.put(name(i), Rig.bytes(i, FILE_BYTES));
    }
    rig.container.commit();
  }

  private static String name(int number) {
    return "file" + number;
  }

  private CompactResult compact() throws IOException, ContainerException {
    return rig.container.compact(ProgressListener.none());
  }

  @ParameterizedTest(name = "every file but each {0}th is removed")
  @ValueSource(ints = {2, 3, 8, 80})
  void whatIsLeftTakesLittleMoreThanItself(int kept) throws Exception {
    long left = 0;
    for (int i = 0; i < FILES; i++) {
      if (i % kept == 0) {
        left += FILE_BYTES;
      } else {
        rig.container.remove(Rig.path(name(i)));
      }
    }

    CompactResult result = compact();

    assertThat(result.bytesAfter()).isLessThan(left + OVERHEAD);
    for (int i = 0; i < FILES; i += kept) {
      assertThat(rig.get(name(i))).isEqualTo(Rig.bytes(i, FILE_BYTES));
    }
  }

  @Test
  void aContainerWithNothingToGiveBackStaysAsLargeAsItIs() throws Exception {
    CompactResult result = compact();

    assertThat(result.bytesMoved()).isZero();
    assertThat(result.bytesAfter()).isLessThanOrEqualTo(result.bytesBefore() + 65_536);
  }
}
