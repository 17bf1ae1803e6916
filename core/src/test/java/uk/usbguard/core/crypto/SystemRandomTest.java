package uk.usbguard.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("ENC-04: the system's random bytes")
class SystemRandomTest {

  private final SecureRandom random = SystemRandom.or(SecureRandom::new);

  @Test
  @DisplayName("never give the same IV twice in a hundred thousand")
  void neverTheSameTwice() {
    var seen = new HashSet<ByteBuffer>();
    for (int i = 0; i < 100_000; i++) {
      byte[] iv = new byte[12];
      random.nextBytes(iv);
      seen.add(ByteBuffer.wrap(iv));
    }
    assertThat(seen).hasSize(100_000);
  }

  @Test
  @DisplayName("have each bit set in half of the cases")
  void eachBitIsSetInHalfOfTheCases() {
    int[] set = new int[96];
    int draws = 20_000;
    for (int i = 0; i < draws; i++) {
      byte[] iv = new byte[12];
      random.nextBytes(iv);
      for (int bit = 0; bit < set.length; bit++) {
        set[bit] += (iv[bit / 8] >>> (bit % 8)) & 1;
      }
    }
    // Seven standard deviations of a fair coin: a false alarm once in 10^9 runs.
    assertThat(Arrays.stream(set).boxed())
        .allMatch(n -> Math.abs(n - draws / 2) < 7 * Math.sqrt(draws) / 2);
  }

  @Test
  @DisplayName("fill arrays of every length, and numbers follow from them")
  void fillsEveryLength() {
    random.nextBytes(new byte[0]);
    assertThat(random.generateSeed(33)).hasSize(33);
    assertThat(random.ints(1000, 0, 7).distinct().count()).isEqualTo(7);
    assertThat(((Random) random).nextLong()).isNotEqualTo(random.nextLong());
    assertThat(random.getAlgorithm()).isNotBlank();
  }
}
