package uk.usbguard.core.extent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.usbguard.core.format.BatchLayout;
import uk.usbguard.core.format.FormatLimits;

/** Positions from docs/format.md, section 1. */
class LayoutTest {

  private static final long THIRD_AREA = 33_554_432;
  private static final long BEHIND_THIRD_AREA = 33_685_504;
  private static final long SEGMENT = 4032L << 20;

  private final Layout layout = new Layout(SEGMENT);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 30, 31})
  @DisplayName("ENC-02: no batch is begun in the third anchor area, wherever the last one ended")
  void goesAroundTheThirdArea(int blocksBefore) {
    long end = THIRD_AREA - (long) blocksBefore * BatchLayout.BLOCK;
    Region region = layout.regionAt(end, 0).orElseThrow();
    assertThat(region.position()).isEqualTo(BEHIND_THIRD_AREA);
  }

  @Test
  @DisplayName("A batch ends before the third anchor area")
  void endsBeforeTheThirdArea() {
    Region region = layout.regionAt(THIRD_AREA - (1 << 20), 0).orElseThrow();
    assertThat(region.position() + region.capacityBytes()).isEqualTo(THIRD_AREA);
  }

  @Test
  void aBatchThatEndsAtTheThirdAreaLeavesNoGap() {
    assertThat(layout.boundaryAfter(THIRD_AREA)).isEqualTo(THIRD_AREA);
  }

  @Test
  void goesOnInTheNextSegment() {
    Region region = layout.regionAt(SEGMENT, 0).orElseThrow();
    assertThat(region.position()).isEqualTo((1L << 32) + FormatLimits.SEGMENT_HEADER_LENGTH);
  }

  @Test
  @DisplayName("ENC-02: a position inside an anchor area is no place for a batch")
  void refusesAnchorAreas() {
    for (long area : FormatLimits.AREA_POSITIONS) {
      assertThat(layout.admits(area, BatchLayout.BLOCK)).isFalse();
      assertThat(layout.admits(area + 4096, BatchLayout.BLOCK)).isFalse();
    }
    assertThat(layout.admits(BEHIND_THIRD_AREA, BatchLayout.BLOCK)).isTrue();
  }
}
