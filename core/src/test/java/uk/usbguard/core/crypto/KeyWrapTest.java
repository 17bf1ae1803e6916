package uk.usbguard.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("KEY-05: AES key wrap with padding")
class KeyWrapTest {

  private static final HexFormat HEX = HexFormat.of();

  private final KeyWrap keyWrap = new KeyWrap(Jca.ofThisPlatform());
  private final byte[] kek = new byte[32];

  @ParameterizedTest
  @CsvSource({
    "c37b7e6492584340bed12207808941155068f738,"
        + "138bdeaa9b8fa7fc61f97742e72248ee5ae6ae5360d1ae6a5f54f373fa543b6a",
    "466f7250617369, afbeb0f07dfbf5419200f2ccb50bb24f"
  })
  @DisplayName("gives the output of RFC 5649, section 6, and takes it back")
  void givesTheOutputOfTheRfc(String key, String expected) {
    byte[] rfcKek = HEX.parseHex("5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8");

    byte[] wrapped = keyWrap.wrap(rfcKek, HEX.parseHex(key));

    assertThat(HEX.formatHex(wrapped)).isEqualTo(expected);
    assertThat(keyWrap.unwrap(rfcKek, wrapped)).hasValue(HEX.parseHex(key));
  }

  @Test
  @DisplayName("makes 40 bytes of a key of 32")
  void makes40BytesOf32() {
    assertThat(keyWrap.wrap(kek, new byte[32])).hasSize(40);
  }

  @Test
  void noticesEveryChangedBit() {
    byte[] wrapped = keyWrap.wrap(kek, new byte[32]);

    for (int bit = 0; bit < wrapped.length * 8; bit++) {
      byte[] changed = wrapped.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(keyWrap.unwrap(kek, changed)).as("bit %d", bit).isEmpty();
    }
  }

  @Test
  void noticesAnotherKek() {
    byte[] other = kek.clone();
    other[31] = 1;

    assertThat(keyWrap.unwrap(other, keyWrap.wrap(kek, new byte[32]))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8, 15, 16, 39, 41, 48})
  void unwrapsNothingOfAnotherLength(int length) {
    assertThat(keyWrap.unwrap(kek, new byte[length])).isEmpty();
  }
}
