package uk.usbguard.core.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.check.Verification;
import uk.usbguard.core.error.ContainerException;

/** Compaction and the removing of trees end when they are asked to, at whatever step. */
@DisplayName("ENC-14: Ctrl-C leaves a container that is whole")
class EarlyEndTest {

  private static final int FILES = 40;
  private static final int FILE_BYTES = 200_000;

  /** Each attempt commits, and where there is no gain yet that takes room. */
  private static final long FEW_COMMITS = 1 << 20;

  private Rig rig;
  private int asked;

  @BeforeEach
  void fill() throws Exception {
    rig = new Rig(64);
    for (int i = 0; i < FILES; i++) {
      rig.container.makeFolders(Rig.path("tree/" + i % 4));
      rig.put("tree/" + i % 4 + "/" + i, Rig.bytes(i, FILE_BYTES));
      rig.put("kept" + i, Rig.bytes(1000 + i, FILE_BYTES));
    }
    rig.container.commit();
  }

  private boolean after(int times) {
    return asked++ >= times;
  }

  private void requireKept() throws Exception {
    for (int i = 0; i < FILES; i++) {
      assertThat(rig.get("kept" + i)).isEqualTo(Rig.bytes(1000 + i, FILE_BYTES));
    }
    assertThat(Verification.verify(rig.container, ProgressListener.none()).isSound()).isTrue();
  }

  private RemoveResult removeStoppedAfter(int times) throws Exception {
    rig.reopenStoppedBy(() -> after(times));
    asked = 0;
    return rig.container.removeTree(Rig.path("tree"), ProgressListener.none());
  }

  @Test
  void aTreeIsGoneAtOnceAndTheNextWriterFreesTheRest() throws Exception {
    for (int times : new int[] {0, 1, 7, 20}) {
      fill();
      RemoveResult removed = removeStoppedAfter(times);
      assertThat(removed.complete()).isFalse();
      assertThat(removed.files()).isLessThanOrEqualTo(times);

      rig.reopen();
      assertThat(rig.container.find(Rig.path("tree"))).isEmpty();
      requireKept();
      rig.put("next", new byte[] {1});
      assertThat(rig.container.info().files()).isEqualTo(FILES + 1);
      assertThat(rig.container.info().folders()).isZero();
    }
  }

  @Test
  void aRemovalThatNobodyStopsSaysHowMuchItWas() throws Exception {
    List<Long> heard = new ArrayList<>();
    RemoveResult removed =
        rig.container.removeTree(Rig.path("tree"), (bytes, total) -> heard.add(bytes));

    assertThat(removed).isEqualTo(new RemoveResult(FILES, 5, (long) FILES * FILE_BYTES, true));
    assertThat(heard).isSorted().hasSize(FILES).endsWith((long) FILES * FILE_BYTES);
  }

  @Test
  void compactionStopsAtAnyStepAndKeepsWhatItGained() throws Exception {
    rig.container.removeTree(Rig.path("tree"), ProgressListener.none());
    rig.container.commit();
    for (int times = 0; times < 60; times += 3) {
      int limit = times;
      rig.reopenStoppedBy(() -> after(limit));
      asked = 0;
      CompactResult result = compact();
      assertThat(result.complete()).as("stopped after %s steps", times).isFalse();
      assertThat(result.bytesAfter()).isLessThan(result.bytesBefore() + FEW_COMMITS);
      rig.reopen();
      requireKept();
    }
    assertThat(compact().complete()).isTrue();
    requireKept();
  }

  private CompactResult compact() throws IOException, ContainerException {
    return rig.container.compact(ProgressListener.none());
  }
}
