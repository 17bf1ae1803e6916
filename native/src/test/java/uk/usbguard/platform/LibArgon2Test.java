package uk.usbguard.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import uk.usbguard.core.crypto.Argon2Engine;
import uk.usbguard.core.crypto.KdfCost;

@DisplayName("ENC-06: the system's Argon2id")
class LibArgon2Test {

  private static final byte[] SALT =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private static Argon2Engine library() {
    Optional<Argon2Engine> found = LibArgon2.find(Optional.of(OperatingSystem.LINUX));
    assumeTrue(found.isPresent(), "this system has no libargon2");
    return found.get();
  }

  @ParameterizedTest(name = "{0} KiB, {1} passes, {2} lanes, \"{3}\"")
  @CsvSource({
    "65536, 3, 4, correct horse battery staple",
    "19456, 2, 1, x",
    "20000, 3, 16, 'grüße, 世界, 🩺'",
    "40000, 4, 3, ''",
  })
  @DisplayName("gives what Bouncy Castle gives")
  void givesWhatBouncyCastleGives(int memoryKib, int passes, int lanes, String passphrase) {
    byte[] bytes = passphrase.getBytes(StandardCharsets.UTF_8);
    KdfCost cost = new KdfCost(memoryKib, passes, lanes);

    byte[] derived = library().derive(bytes, cost, SALT, 64);

    assertThat(HexFormat.of().formatHex(derived))
        .isEqualTo(
            HexFormat.of().formatHex(Argon2Engine.bouncyCastle().derive(bytes, cost, SALT, 64)));
  }

  @Test
  @DisplayName("leaves the work to Bouncy Castle when it refuses, as a salt of less than 8 bytes")
  void leavesTheWorkToBouncyCastle() {
    byte[] bytes = {1, 2, 3};
    byte[] salt = {4, 5, 6, 7};
    KdfCost cost = new KdfCost(19456, 2, 1);

    assertThat(library().derive(bytes, cost, salt, 32))
        .isEqualTo(Argon2Engine.bouncyCastle().derive(bytes, cost, salt, 32));
  }

  @ParameterizedTest
  @EnumSource(value = OperatingSystem.class, mode = EnumSource.Mode.EXCLUDE, names = "LINUX")
  @DisplayName("is not looked for where libraries do not come from the system")
  void isOnlyLookedForOnLinux(OperatingSystem system) {
    assertThat(LibArgon2.find(Optional.of(system))).isEmpty();
    assertThat(LibArgon2.find(Optional.empty())).isEmpty();
  }
}
