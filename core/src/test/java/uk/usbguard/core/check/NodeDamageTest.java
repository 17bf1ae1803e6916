package uk.usbguard.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.container.Anatomy;
import uk.usbguard.core.container.Anatomy.Part;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.OpenMode;
import uk.usbguard.core.container.ProgressListener;

@DisplayName("ENC-14: a damaged node of the index")
class NodeDamageTest extends DamageCase {

  private void assertComesBack(Part node) throws Exception {
    flip(node);

    RepairReport would = trial();
    RepairReport report = repair();

    assertThat(would.mending().lostNodes()).isEqualTo(1);
    assertThat(would.mending().restored()).isEqualTo(report.mending().restored());
    assertThat(report.mending().lostNodes()).isEqualTo(1);
    assertThat(report.mending().unknownRanges()).isZero();
    assertThat(report.mending().recovered()).isEmpty();
    assertThat(report.isWhole()).isTrue();
    assertThat(repair().mending().isNothing()).isTrue();
    assertIsSound();
  }

  @Test
  @DisplayName("the root: all names come back from the commit before and what was changed since")
  void root() throws Exception {
    Anatomy anatomy = anatomy();
    assertThat(anatomy.rootLevel()).isEqualTo(2);
    assertComesBack(anatomy.nodes(2).get(0));
    assertTakesMore();
  }

  @Test
  @DisplayName("an inner node: all names below it come back")
  void inner() throws Exception {
    assertComesBack(anatomy().nodes(1).get(1));
    assertTakesMore();
  }

  @Test
  @DisplayName("an inner node, with books of free space below: verification reads what is left")
  void innerIsVerifiedAround() throws Exception {
    flip(anatomy().nodes(1).get(1));

    try (Container container = open(OpenMode.READ_ONLY)) {
      VerifyReport report = Verification.verify(container, ProgressListener.none());

      assertThat(report.isSound()).isFalse();
      assertThat(report.files()).isBetween(1L, (long) files.size() - 1);
    }
  }

  @Test
  @DisplayName("any leaf: its names and places come back")
  void leaves() throws Exception {
    byte[] whole = Files.readAllBytes(path);
    TreeMap<String, byte[]> before = new TreeMap<>(files);
    int count = anatomy().nodes(0).size();
    assertThat(count).isGreaterThan(10);
    for (int i = 0; i < count; i += 4) {
      Files.write(path, whole);
      files.clear();
      files.putAll(before);
      assertComesBack(anatomy().nodes(0).get(i));
    }
  }

  @Test
  @DisplayName("all nodes at once: the commits before have the rest")
  void allOfTheNewest() throws Exception {
    Anatomy anatomy = anatomy();
    Part last = anatomy.lastBatch();
    int damaged = 0;
    for (int level = 0; level <= anatomy.rootLevel(); level++) {
      for (Part node : anatomy.nodes(level)) {
        if (node.position() >= last.position()) {
          flip(node);
          damaged++;
        }
      }
    }
    assertThat(damaged).isGreaterThanOrEqualTo(3);

    RepairReport report = repair();

    assertThat(report.isWhole()).isTrue();
    assertAllIsThere();
  }
}
