package uk.usbguard.core.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.usbguard.core.check.Verification;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerEnvironment;
import uk.usbguard.core.container.Containers;
import uk.usbguard.core.container.Credential;
import uk.usbguard.core.container.GenerationMemory;
import uk.usbguard.core.container.OpenMode;
import uk.usbguard.core.container.ProgressListener;
import uk.usbguard.core.error.UnsupportedFormatException;
import uk.usbguard.core.error.UnsupportedFormatException.What;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.RecoveryKey;

@DisplayName("ENC-12: containers of every released format version")
class GoldenContainersTest {

  private static final String PASSPHRASE = "violet-harbour-quilt-meadow-onion";
  private static final String RECOVERY_KEY = "4S5EG-5F5SX-F7H40-TQSFQ-PW1AN-616G1-1AABK-RFVAN";
  private static final String V1_HASH =
      "6c4f0f283f320dca3b954c9eb994899a808e5d32595f1791dcdf4e5d05101777";
  private static final String V1_LISTING_HASH =
      "dc8c3ee1ad246911960ff566c6289ccd233b6b0f6d890a0567cec670e279701f";

  private static final long[] KEY_AREAS = {0, 1_048_576};
  private static final int VERSION_AT = 8;
  private static final int PROFILE_AT = 10;
  private static final int CRC_AT = 20_512;

  private final ContainerEnvironment environment =
      ContainerEnvironment.of(Clock.systemUTC(), new SecureRandom(), GenerationMemory.none());
  private final FileSystem fileSystem = Jimfs.newFileSystem(Configuration.unix());
  private final Path path = fileSystem.getPath("/golden.ugc");

  @BeforeEach
  void unpack() throws Exception {
    try (InputStream in = new GZIPInputStream(resource("v1/standard.ugc.gz"))) {
      Files.copy(in, path);
    }
  }

  @AfterEach
  void forget() throws Exception {
    fileSystem.close();
  }

  private static InputStream resource(String name) {
    InputStream in = GoldenContainersTest.class.getResourceAsStream("/golden/" + name);
    Assertions.assertThat(in).as(name).isNotNull();
    return in;
  }

  private static Map<String, String> listing() throws Exception {
    Map<String, String> lines = new LinkedHashMap<>();
    try (InputStream in = resource("v1/standard.txt")) {
      byte[] text = in.readAllBytes();
      assertThat(ContainerFiles.sha256(text)).isEqualTo(V1_LISTING_HASH);
      new String(text, StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split("\t", 2))
          .forEach(parts -> lines.put(parts[0], parts[1]));
    }
    return lines;
  }

  @Test
  @DisplayName("are the bytes that were released")
  void goldenContainersNeverChange() throws Exception {
    assertThat(ContainerFiles.sha256(Files.readAllBytes(path))).isEqualTo(V1_HASH);
  }

  /** What opens one. */
  enum Opener {
    PASSPHRASE,
    RECOVERY_KEY
  }

  @ParameterizedTest
  @EnumSource(Opener.class)
  @DisplayName("open with passphrase and recovery key, are sound and hold all that went in")
  void goldenContainersAreFullyRead(Opener opener) throws Exception {
    try (Container container = open(opener, OpenMode.READ_ONLY)) {
      assertThat(Listing.of(container)).isEqualTo(listing());
      assertThat(Verification.verify(container, ProgressListener.none()).findings()).isEmpty();
      assertThat(container.openReport().dropped()).isEmpty();
    }
  }

  private Container open(Opener opener, OpenMode mode) throws Exception {
    if (opener == Opener.PASSPHRASE) {
      try (Passphrase passphrase = Passphrase.of(PASSPHRASE.toCharArray())) {
        return Containers.open(path, Credential.of(passphrase), mode, environment);
      }
    }
    try (RecoveryKey key = RecoveryKey.parse(RECOVERY_KEY.toCharArray())) {
      return Containers.open(path, Credential.of(key), mode, environment);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 0xFFFF})
  @DisplayName("of a version that is not released yet are refused as unsupported, and left alone")
  void newerVersionsAreRefused(int version) throws Exception {
    byte[] bytes = Files.readAllBytes(path);
    for (long area : KEY_AREAS) {
      ByteBuffer.wrap(bytes).putShort((int) area + VERSION_AT, (short) version);
    }
    assertRefused(bytes, What.FORMAT_VERSION, version);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 200})
  @DisplayName("of an unknown profile are refused as unsupported, and left alone")
  void unknownProfilesAreRefused(int profile) throws Exception {
    byte[] bytes = Files.readAllBytes(path);
    for (long area : KEY_AREAS) {
      bytes[(int) area + PROFILE_AT] = (byte) profile;
      CRC32 crc = new CRC32();
      crc.update(bytes, (int) area, CRC_AT);
      ByteBuffer.wrap(bytes).putInt((int) area + CRC_AT, (int) crc.getValue());
    }
    assertRefused(bytes, What.PROFILE, profile);
  }

  private void assertRefused(byte[] bytes, What what, long claimed) throws Exception {
    Files.write(path, bytes);
    for (OpenMode mode : OpenMode.values()) {
      Assertions.assertThatThrownBy(() -> open(Opener.PASSPHRASE, mode))
          .isInstanceOfSatisfying(
              UnsupportedFormatException.class,
              e -> {
                assertThat(e.what()).isEqualTo(what);
                assertThat(e.claimed()).isEqualTo(claimed);
              });
    }
    assertThat(Files.readAllBytes(path)).as("not written to").isEqualTo(bytes);
  }
}
