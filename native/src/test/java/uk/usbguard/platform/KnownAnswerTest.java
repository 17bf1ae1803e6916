package uk.usbguard.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.crypto.GcmCipher;
import uk.usbguard.core.crypto.GcmEngine;

@DisplayName("ENC-01: the system's AES-256-GCM before its first use")
class KnownAnswerTest {

  @Test
  @DisplayName("is not used unless it gives the known answer, and refuses what was changed")
  void knownAnswer() {
    Optional<GcmEngine> library = LibCrypto.find(Optional.of(OperatingSystem.LINUX));
    assumeTrue(library.isPresent(), "this system has no OpenSSL 3");

    assertThat(LibCrypto.isGenuine(library.get())).isTrue();
    assertThat(LibCrypto.isGenuine(new OtherAnswers(library.get()))).isFalse();
  }

  /** Computes under another key than it is given. */
  private record OtherAnswers(GcmEngine engine) implements GcmEngine {

    @Override
    public String module() {
      return engine.module();
    }

    @Override
    public boolean needsWarmUp() {
      return false;
    }

    @Override
    public ByteBuffer buffer(int bytes) {
      return engine.buffer(bytes);
    }

    @Override
    public GcmCipher forKey(byte[] key) {
      byte[] other = key.clone();
      other[0] ^= 1;
      return engine.forKey(other);
    }
  }
}
