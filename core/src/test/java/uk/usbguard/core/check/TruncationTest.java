package uk.usbguard.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.usbguard.core.container.Anatomy.Part;

@DisplayName("ENC-14: a container that was cut off")
class TruncationTest extends DamageCase {

  private void cut(long length) throws Exception {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }
  }

  @Test
  @DisplayName("behind its last batch loses nothing")
  void behindTheEnd() throws Exception {
    cut(anatomy().end());

    assertThat(repair().mending().isNothing()).isTrue();
    assertAllIsThere();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 300, 4096, 5000})
  @DisplayName("in the last batch is at the state before, which is said, and takes new files")
  void inTheLastBatch(int bytes) throws Exception {
    cut(anatomy().end() - bytes);
    files.remove("ward/last");

    RepairReport report = repair();

    boolean onlyTheFrame = names().contains("ward/last"); // the second one of the batch
    if (onlyTheFrame) {
      files.put("ward/last", bytes(4000, 5000));
    }
    assertThat(report.isWhole())
        .as("what was acknowledged is there, or said to be lost")
        .isEqualTo(onlyTheFrame);
    assertHolds(files);
    session(container -> put(container, "later", bytes(9999, 100_000)));
    assertHolds(files);
  }

  @Test
  @DisplayName("in its first batches keeps what is in front of the cut")
  void inTheMiddle() throws Exception {
    Part scan = anatomy().data("scan").get(3);
    cut(scan.position());

    RepairReport report = repair();

    assertThat(report.after()).isPresent();
    assertThat(names()).contains(files.keySet().iterator().next()).doesNotContain("ward/last");
    assertThat(report.isWhole()).isFalse();
    assertThat(report.after().orElseThrow().findings())
        .filteredOn(Finding::losesData)
        .containsExactly(new Finding.LostSaves(report.mending().lost()));
  }
}
