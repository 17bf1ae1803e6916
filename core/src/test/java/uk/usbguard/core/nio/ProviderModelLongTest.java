package uk.usbguard.core.nio;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("long")
class ProviderModelLongTest {

  static LongStream seeds() {
    return new Random().longs(300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName(
      "ENC-02: whatever a program does, many times over, a container gives what Jimfs gives")
  void behavesLikeJimfs(long seed) {
    System.out.println("ProviderModelTest -Dseed=" + seed);
    ProviderModelTest.assertSame(seed);
  }
}
