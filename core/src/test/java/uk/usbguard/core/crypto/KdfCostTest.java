package uk.usbguard.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.usbguard.core.format.FormatLimits;

@DisplayName("ENC-06, ENC-07: the cost of a passphrase")
class KdfCostTest {

  @Test
  @DisplayName("is by default the second option that RFC 9106 recommends")
  void isByDefaultTheRfcsSecondOption() {
    assertThat(KdfCost.DEFAULT).isEqualTo(new KdfCost(65_536, 3, 4));
  }

  @ParameterizedTest
  @CsvSource({
    "19455, 2, 1", "1048577, 2, 1", "16777216, 2, 1", "-1, 2, 1",
    "19456, 1, 1", "19456, 17, 1", "19456, 2, 0", "19456, 2, 17"
  })
  void refusesWhatIsBelowTheFloorOrAboveTheCap(int memoryKib, int passes, int lanes) {
    assertThatIllegalArgumentException().isThrownBy(() -> new KdfCost(memoryKib, passes, lanes));
  }

  @Test
  @DisplayName("has the same bounds as the format, though neither package knows the other")
  void hasTheBoundsOfTheFormat() {
    assertThat(new KdfCost(19_456, 2, 1))
        .isEqualTo(
            new KdfCost(
                FormatLimits.MINIMUM_ARGON2_MEMORY_KIB,
                FormatLimits.MINIMUM_ARGON2_PASSES,
                FormatLimits.MINIMUM_ARGON2_LANES));
    assertThat(new KdfCost(1_048_576, 16, 16))
        .isEqualTo(
            new KdfCost(
                FormatLimits.MAXIMUM_ARGON2_MEMORY_KIB,
                FormatLimits.MAXIMUM_ARGON2_PASSES,
                FormatLimits.MAXIMUM_ARGON2_LANES));
  }
}
