package uk.usbguard.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.container.Anatomy;
import uk.usbguard.core.container.Anatomy.Part;

@DisplayName("ENC-14: what was removed before the damage")
class RemovedStaysRemovedTest extends DamageCase {

  @Test
  @DisplayName("does not come back, whichever node of the index is damaged")
  void anyNode() throws Exception {
    session(
        container -> {
          remove(container, "ward/one-9");
          remove(container, "ward/scan");
        });
    byte[] whole = Files.readAllBytes(path);
    Anatomy anatomy = anatomy();
    for (int level = 0; level <= anatomy.rootLevel(); level++) {
      for (int i = 0; i < anatomy.nodes(level).size(); i += 1 + i / 3) {
        Files.write(path, whole);
        flip(anatomy.nodes(level).get(i));
        repair();
        assertThat(names()).containsExactlyElementsOf(files.keySet());
      }
    }
  }

  @Test
  @DisplayName(
      "comes back in Recovered only where the trailer that says so is lost, never in place")
  void onlyInRecovered() throws Exception {
    session(container -> remove(container, "ward/one-9"));
    Anatomy anatomy = anatomy();
    Part last = anatomy.lastBatch();
    zero(last.position() + 128, (int) (anatomy.commitRecord().position() - last.position()) - 128);

    RepairReport report = repair();

    assertThat(report.isWhole()).isFalse();
    assertThat(names()).doesNotContain("ward/one-9");
    assertThat(names()).allMatch(name -> files.containsKey(name) || name.startsWith("Recovered/"));
    assertThat(report.after().orElseThrow().isSound()).isTrue();
  }
}
