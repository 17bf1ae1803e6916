package uk.usbguard.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.usbguard.core.container.Anatomy.Part;
import uk.usbguard.core.error.DamagedContainerException;

@DisplayName("ENC-02: a damaged copy of the key area")
class KeyAreaDamageTest extends DamageCase {

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  @DisplayName("with a flipped bit in a slot is named and written anew from the other")
  void flipped(int area) throws Exception {
    flip(new Part(AREAS[area] + 4096, 200));
    assertMended(area);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  @DisplayName("that is all zeros is named and written anew from the other")
  void zeroed(int area) throws Exception {
    zero(AREAS[area], KEY_AREA);
    assertMended(area);
  }

  private void assertMended(int area) throws Exception {
    byte[] good = read(AREAS[1 - area], KEY_AREA);

    assertThat(trial().mending().keyAreas()).containsExactly(area);
    RepairReport report = repair();

    assertThat(report.mending().keyAreas()).containsExactly(area);
    assertThat(report.isWhole()).isTrue();
    assertThat(read(AREAS[area], KEY_AREA)).isEqualTo(good);
    assertThat(repair().mending().isNothing()).isTrue();
    assertAllIsThere();
  }

  @Test
  @DisplayName("and the other one as well: only then nothing can be done")
  void bothGone() throws Exception {
    zero(AREAS[0], KEY_AREA);
    zero(AREAS[1], KEY_AREA);
    Assertions.assertThatThrownBy(this::repair)
        .isInstanceOfSatisfying(
            DamagedContainerException.class,
            e -> assertThat(e.part()).isEqualTo(DamagedContainerException.Part.KEY_AREA));
  }
}
