package uk.usbguard.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.container.Anatomy;
import uk.usbguard.core.container.Anatomy.Part;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.OpenMode;
import uk.usbguard.core.container.ProgressListener;
import uk.usbguard.core.format.Key;

@DisplayName("ENC-14: a damaged trailer")
class TrailerDamageTest extends DamageCase {

  @Test
  @DisplayName("of the newest commit costs nothing, and nothing is done")
  void newest() throws Exception {
    flip(anatomy().trailer());

    assertThat(repair().mending().isNothing()).isTrue();
    assertHolds(files);
    session(container -> put(container, "later", bytes(9999, 100_000)));
    assertHolds(files);
  }

  @Test
  @DisplayName("and a leaf of the same commit: what may be out of date goes to Recovered only")
  void withALeaf() throws Exception {
    Anatomy anatomy = anatomy();
    Part last = anatomy.lastBatch();
    Part leaf =
        anatomy.leavesOf(Key.Kind.ENTRY).stream()
            .filter(node -> node.position() >= last.position())
            .findFirst()
            .orElseThrow();
    flip(anatomy.trailer());
    flip(leaf);

    RepairReport report = repair();

    assertThat(report.mending().unknownRanges()).isPositive();
    assertThat(report.isWhole()).isFalse();
    assertThat(names()).noneMatch(name -> name.endsWith("/one-3")).isNotEmpty();
    assertThat(report.after().orElseThrow().isSound()).isTrue();
    files.keySet().retainAll(names());
    names().forEach(name -> assertRecovered(name));
    assertTakesMoreAfter();
  }

  private void assertRecovered(String name) {
    assertThat(files.containsKey(name) || name.startsWith("Recovered/")).as(name).isTrue();
  }

  private void assertTakesMoreAfter() throws Exception {
    session(container -> put(container, "later", bytes(9999, 100_000)));
    session(container -> container.compact(ProgressListener.none()));
    try (Container container = open(OpenMode.READ_WRITE)) {
      assertThat(Anatomy.auditOf(container)).isEmpty();
    }
  }
}
