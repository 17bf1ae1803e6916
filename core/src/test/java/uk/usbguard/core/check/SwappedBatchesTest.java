package uk.usbguard.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.container.Anatomy.Part;

@DisplayName("ENC-03: batches that were exchanged")
class SwappedBatchesTest extends DamageCase {

  @Test
  @DisplayName(
      "are not believed where they are: the state before opens, and nothing of them comes in")
  void swapped() throws Exception {
    Part newest = anatomy().lastBatch();
    session(container -> put(container, "ward/newer", bytes(4001, 5000)));
    Part other = anatomy().lastBatch();
    assertThat(other.length()).isEqualTo(newest.length());
    byte[] one = read(newest.position(), newest.length());
    byte[] two = read(other.position(), other.length());
    write(newest.position(), two);
    write(other.position(), one);
    TreeMap<String, byte[]> all = new TreeMap<>(files);
    files.remove("ward/last");
    files.remove("ward/newer");

    RepairReport report = repair();

    assertThat(report.after().orElseThrow().findings())
        .as("nothing is damaged but that two acknowledged saves cannot be read in place")
        .filteredOn(Finding::losesData)
        .containsExactly(new Finding.LostSaves(report.mending().lost()));
    assertThat(report.mending().dropped()).hasSize(2);
    assertHolds(files);
    RepairReport salvaged = salvage(List.of(path), fileSystem.getPath("/new.ugc"));
    at(fileSystem.getPath("/new.ugc"));
    assertThat(salvaged.isWhole()).as("put where they say that they belong").isTrue();
    assertHolds(all);
  }
}
