package uk.usbguard.core.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.usbguard.core.container.MemorySegments.Kind;

/** What opening asks of a slow stick; docs/format.md section 8. */
class OpeningCostTest {

  /** Three key areas, two or three rings, commit record, next frame, root node, and some room. */
  private static final int MOST_READS = 14;

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 60, 200})
  @DisplayName("ENC-14: opening reads as little after many commits as after one")
  void readsNoMoreAfterManyCommits(int commits) throws Exception {
    Rig rig = new Rig(64);
    for (int i = 0; i < commits; i++) {
      rig.put("/file " + i, Rig.bytes(i, 5_000));
      rig.container.commit();
    }
    rig.container.close();
    AtomicInteger reads = new AtomicInteger();
    rig.medium.failWhere(
        (kind, segment, offset, length) -> {
          if (kind == Kind.READ) {
            reads.incrementAndGet();
          }
        });
    rig.open(rig.medium, OpenMode.READ_ONLY).close();
    assertThat(reads.get()).isBetween(5, MOST_READS);
  }
}
