package uk.usbguard.core.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.core.secret.Passphrase;

class HeapDumpTest {

  static final int CONTENT_BYTES = 200_000;

  private static final String PHRASE = "violet-harbour-quilt-meadow-canary";
  private static final String CONTENT = "canary of a patient's letter 4711. ";

  @TempDir private Path temp;

  /** Hands out random bytes and keeps those that can be a key. */
  private static final class Watched extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final transient List<byte[]> drawn = new ArrayList<>();

    @Override
    public void nextBytes(byte[] bytes) {
      super.nextBytes(bytes);
      if (bytes.length == 32) {
        drawn.add(bytes.clone());
      }
    }
  }

  @Test
  @DisplayName(
      "ENC-13: after a container is closed no passphrase, key or content is in the heap,"
          + " nor after its passphrases and recovery keys were changed")
  void aClosedContainerLeavesNothingInTheHeap() throws Exception {
    Path container = temp.resolve("c.ugc");
    List<byte[]> keys = make(container);
    Path phrase = Files.writeString(temp.resolve("phrase"), PHRASE);
    run(container, phrase);
    byte[] open = Files.readAllBytes(temp.resolve("open.hprof"));
    byte[] closed = Files.readAllBytes(temp.resolve("closed.hprof"));

    // What the search does not find while it is open, it would not find later either.
    assertThat(keys).isNotEmpty();
    assertThat(keys).anyMatch(key -> holds(open, key));
    assertThat(holds(open, PHRASE.getBytes(StandardCharsets.UTF_8))).isTrue();
    assertThat(holds(open, CONTENT.getBytes(StandardCharsets.UTF_8))).isTrue();

    assertThat(keys).noneMatch(key -> holds(closed, key));
    byte[] changed = Files.readAllBytes(temp.resolve("keys.hprof"));
    assertThat(keys).as("after other keys were set").noneMatch(key -> holds(changed, key));
    assertThat(holds(changed, PHRASE.getBytes(StandardCharsets.UTF_8))).isFalse();
    assertThat(holds(closed, PHRASE.getBytes(StandardCharsets.UTF_8))).isFalse();
    assertThat(holds(closed, PHRASE.getBytes(StandardCharsets.UTF_16BE))).isFalse();
    assertThat(holds(closed, PHRASE.getBytes(StandardCharsets.UTF_16LE))).isFalse();
    assertThat(holds(closed, CONTENT.getBytes(StandardCharsets.UTF_8))).isFalse();
  }

  /**
   * Makes the container and says which random bytes became keys: those that are not in the file.
   */
  private static List<byte[]> make(Path file) throws Exception {
    Watched random = new Watched();
    var environment = ContainerEnvironment.of(Clock.systemUTC(), random, GenerationMemory.none());
    CreateOptions options =
        CreateOptions.defaults().withCost(PassphraseCost.LEAST).withRecoveryKey(false);
    byte[] content =
        Arrays.copyOf(
            CONTENT.repeat(1 + CONTENT_BYTES / CONTENT.length()).getBytes(StandardCharsets.UTF_8),
            CONTENT_BYTES);
    try (Passphrase passphrase = Passphrase.of(PHRASE.toCharArray());
        NewContainer made = Containers.create(file, options, passphrase, environment)) {
      made.container()
          .put(
              ContainerPath.parse("letter"),
              FileMeta.at(Instant.parse("2026-01-01T00:00:00Z")),
              new ByteArrayInputStream(content),
              PutMode.CREATE);
    }
    byte[] bytes = Files.readAllBytes(file);
    return random.drawn.stream().filter(drawn -> !holds(bytes, drawn)).toList();
  }

  private void run(Path container, Path phrase) throws Exception {
    List<String> places = new ArrayList<>();
    for (Class<?> type :
        List.of(HeapDumpDriver.class, Containers.class, Argon2BytesGenerator.class)) {
      places.add(
          Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                String.join(File.pathSeparator, places),
                HeapDumpDriver.class.getName(),
                container.toString(),
                phrase.toString(),
                temp.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
  }

  private static boolean holds(byte[] all, byte[] wanted) {
    for (int at = 0; at + wanted.length <= all.length; at++) {
      if (all[at] == wanted[0]
          && Arrays.equals(all, at, at + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }
}
