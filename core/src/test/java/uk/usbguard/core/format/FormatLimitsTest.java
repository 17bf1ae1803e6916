package uk.usbguard.core.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The layout constants")
class FormatLimitsTest {

  @Test
  @DisplayName("derive from each other to the numbers of docs/format.md, sections 1 to 3")
  void deriveToTheNumbersOfTheFormat() {
    assertThat(FormatLimits.AREA_POSITIONS).containsExactly(0L, 1_048_576L, 33_554_432L);
    assertThat(FormatLimits.AREA_LENGTH).isEqualTo(131_072);
    assertThat(FormatLimits.RESERVE_POSITION).isEqualTo(131_072);
    assertThat(FormatLimits.RESERVE_LENGTH).isEqualTo(917_504);
    assertThat(FormatLimits.FIRST_BATCH_POSITION).isEqualTo(1_179_648);
    assertThat(FormatLimits.KEY_AREA_LENGTH).isEqualTo(24_576);
    assertThat(FormatLimits.KEY_AREA_MAC_POSITION).isEqualTo(20_480);
    assertThat(FormatLimits.KEY_AREA_CRC_POSITION).isEqualTo(20_512);
    assertThat(FormatLimits.RING_OFFSET).isEqualTo(65_536);
    assertThat(FormatLimits.RING_OFFSET + FormatLimits.RING_SLOTS * FormatLimits.ROOT_SLOT_LENGTH)
        .isEqualTo(FormatLimits.AREA_LENGTH);
    assertThat(FormatLimits.MAXIMUM_ARGON2_MEMORY_KIB).isEqualTo(1_048_576);
    assertThat(FormatLimits.MAXIMUM_ARGON2_TOTAL_KIB).isEqualTo(8_388_608);
    assertThat(146 + FormatLimits.MAXIMUM_PUBLIC_PART_LENGTH)
        .isLessThanOrEqualTo(FormatLimits.KEY_SLOT_LENGTH);
  }

  @Test
  @DisplayName("give the worked sizes of docs/format.md, section 10")
  void giveTheWorkedSizes() {
    assertThat(FormatLimits.EXTENT + FormatLimits.RECORD_OVERHEAD).isEqualTo(65_564);
    int extents = (1 << 30) / FormatLimits.EXTENT;
    assertThat(extents).isEqualTo(16_384);
    assertThat(extents * FormatLimits.RECORD_OVERHEAD).isEqualTo(458_752);
    assertThat(FormatLimits.FIRST_BATCH_POSITION + 262_144).isEqualTo(1_441_792);
  }
}
