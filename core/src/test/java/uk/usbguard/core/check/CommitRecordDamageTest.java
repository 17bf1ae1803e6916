package uk.usbguard.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.container.Anatomy;
import uk.usbguard.core.container.Anatomy.Part;

@DisplayName("ENC-14: a damaged commit record")
class CommitRecordDamageTest extends DamageCase {

  @Test
  @DisplayName("of the newest commit: what it changed is taken from its trailer")
  void newest() throws Exception {
    Anatomy anatomy = anatomy();
    flip(anatomy.commitRecord());
    assertThat(names()).as("opens one commit back").doesNotContain("ward/last");

    assertThat(trial().mending().forwarded()).containsExactly(anatomy.generation());
    RepairReport report = repair();

    assertThat(report.mending().forwarded()).containsExactly(anatomy.generation());
    assertThat(report.mending().generation()).isGreaterThan(anatomy.generation());
    assertThat(report.isWhole()).isTrue();
    assertAllIsThere();
  }

  @Test
  @DisplayName("of an older commit costs nothing, and nothing is done")
  void older() throws Exception {
    Part before = anatomy().commitRecord();
    session(container -> put(container, "ward/more", bytes(1, 1000)));
    flip(before);

    assertThat(repair().mending().isNothing()).isTrue();
    assertAllIsThere();
  }
}
