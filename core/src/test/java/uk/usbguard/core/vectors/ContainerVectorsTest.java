package uk.usbguard.core.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.ByteArrayInputStream;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.usbguard.core.check.Verification;
import uk.usbguard.core.check.VerifyReport;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerEnvironment;
import uk.usbguard.core.container.ContainerPath;
import uk.usbguard.core.container.Containers;
import uk.usbguard.core.container.Credential;
import uk.usbguard.core.container.FileMeta;
import uk.usbguard.core.container.GenerationMemory;
import uk.usbguard.core.container.OpenMode;
import uk.usbguard.core.container.ProgressListener;
import uk.usbguard.core.container.PutMode;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.RecoveryKey;

@DisplayName("ENC-01, ENC-02: whole containers of the test vectors of the format")
class ContainerVectorsTest {

  private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
  private static final String NEW_FILE = "written later.bin";
  private static final int NEW_LENGTH = 70_000;

  private final ContainerEnvironment environment =
      ContainerEnvironment.of(
          Clock.fixed(NOW, ZoneOffset.UTC), new SecureRandom(), GenerationMemory.none());
  private final FileSystem fileSystem = Jimfs.newFileSystem(Configuration.unix());
  private final Path path = fileSystem.getPath("/vector.ugc");
  private final List<AutoCloseable> secrets = new ArrayList<>();

  static List<Named<Vector>> vectors() throws Exception {
    return Vector.all("containers", 108);
  }

  /** Those that open. Where a node is lost, a writer may refuse: that is no case for writing. */
  static List<Named<Vector>> writableVectors() throws Exception {
    List<Named<Vector>> writable =
        vectors().stream()
            .filter(v -> v.getPayload().isGood() && !v.getPayload().has("incomplete"))
            .toList();
    assertThat(writable).hasSizeGreaterThanOrEqualTo(80);
    return writable;
  }

  @AfterEach
  void forget() throws Exception {
    for (AutoCloseable secret : secrets) {
      secret.close();
    }
    fileSystem.close();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  @DisplayName("open at the right generation and hold what they should, or fail as they should")
  void containersOpenAsInTheVectors(Vector v) throws Exception {
    new ContainerFiles(v).writeTo(path);

    String outcome = Outcome.of(() -> assertHolds(v));

    assertThat(outcome).isEqualTo(v.expected());
  }

  private void assertHolds(Vector v) throws Exception {
    try (Container container = open(v, OpenMode.READ_ONLY)) {
      assertThat(container.openReport().generation()).isEqualTo(v.number("generation"));
      assertThat(container.openReport().dropped()).isEqualTo(numbers(v, "dropped"));
      assertThat(container.openReport().lost()).isEqualTo(numbers(v, "lost"));
      assertThat(container.openReport().damagedKeyAreas())
          .extracting(Integer::longValue)
          .isEqualTo(numbers(v, "differing"));
      VerifyReport report = Verification.verify(container, ProgressListener.none());
      assertThat(report.isSound()).as("sound").isEqualTo(isSound(v));
      if (!v.has("incomplete")) {
        assertThat(Listing.of(container)).isEqualTo(expected(v));
        assertThat(container.info().files()).isEqualTo(report.files());
        assertThat(container.info().folders()).isEqualTo(report.folders());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("writableVectors")
  @DisplayName("are written to, and hold the new file and everything that they held before")
  void containersAreWrittenToAndKeepEverything(Vector v) throws Exception {
    new ContainerFiles(v).writeTo(path);
    byte[] content = new byte[NEW_LENGTH];
    new Random(1).nextBytes(content);

    try (Container container = open(v, OpenMode.READ_WRITE)) {
      container.put(
          ContainerPath.parse(NEW_FILE),
          FileMeta.at(NOW),
          new ByteArrayInputStream(content),
          PutMode.CREATE);
    }

    Map<String, String> expected = expected(v);
    expected.put(
        NEW_FILE,
        String.format(
            "file %d %s mtime %d.0 attributes 0",
            NEW_LENGTH, ContainerFiles.sha256(content), NOW.getEpochSecond()));
    try (Container container = open(v, OpenMode.READ_ONLY)) {
      assertThat(Listing.of(container)).isEqualTo(expected);
      assertThat(container.openReport().clean()).as("clean").isTrue();
      assertThat(container.openReport().dropped()).isEmpty();
      assertThat(container.openReport().damagedKeyAreas()).as("mended").isEmpty();
      assertThat(container.openReport().generation()).isGreaterThan(newestSeen(v));
    }
  }

  private Container open(Vector v, OpenMode mode) throws Exception {
    return Containers.open(path, credential(v), mode, environment);
  }

  private Credential credential(Vector v) throws Exception {
    JsonNode open = v.json().required("open");
    if (open.has("recoveryKey")) {
      RecoveryKey key = RecoveryKey.parse(open.required("recoveryKey").textValue().toCharArray());
      secrets.add(key);
      return new Credential.ByRecoveryKey(key);
    }
    Passphrase passphrase = Passphrase.of(open.required("passphrase").textValue().toCharArray());
    secrets.add(passphrase);
    return new Credential.ByPassphrase(passphrase);
  }

  private static Map<String, String> expected(Vector v) {
    JsonNode base = new ContainerFiles(v).base().orElseThrow();
    JsonNode listing =
        Optional.ofNullable(v.json().get("listing"))
            .orElseGet(
                () -> base.required("listings").required(String.valueOf(v.number("generation"))));
    return Listing.expected(listing);
  }

  private static boolean isSound(Vector v) {
    boolean damaged = v.has("listing") && v.json().required("listing").findValue("damaged") != null;
    return !damaged && !v.has("incomplete") && !v.has("lost");
  }

  private static long newestSeen(Vector v) {
    List<Long> dropped = numbers(v, "dropped");
    return dropped.isEmpty() ? v.number("generation") : dropped.get(0);
  }

  private static List<Long> numbers(Vector v, String field) {
    List<Long> numbers = new ArrayList<>();
    v.json().path(field).forEach(number -> numbers.add(number.longValue()));
    return numbers;
  }
}
