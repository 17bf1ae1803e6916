package uk.usbguard.core.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.usbguard.core.container.Credential;
import uk.usbguard.core.container.OpenMode;
import uk.usbguard.core.nio.RandomUse.Step;
import uk.usbguard.core.random.ShortestFailure;
import uk.usbguard.core.secret.Passphrase;

/** The same random steps on a container and on Jimfs. Replay with -Dseed=... */
class ProviderModelTest {

  private static final int STEPS = 500;

  static LongStream seeds() {
    Long replayed = Long.getLong("seed");
    return replayed != null
        ? LongStream.of(replayed)
        : LongStream.concat(LongStream.rangeClosed(1, 3), LongStream.of(new Random().nextLong()));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("ENC-02: whatever a program does, a container gives what Jimfs gives")
  void behavesLikeJimfs(long seed) throws Exception {
    System.out.println("ProviderModelTest -Dseed=" + seed);
    assertSame(seed);
  }

  /** Takes the steps of a seed on both. */
  static void assertSame(long seed) {
    Random random = new Random(seed);
    List<Step> steps = Stream.generate(() -> Step.random(random)).limit(STEPS).toList();
    Optional<String> difference = difference(steps);
    if (difference.isPresent()) {
      List<Step> shortest = ShortestFailure.of(steps, some -> difference(some).isPresent());
      assertThat(difference(shortest)).as("seed %s: %s", seed, shortest).isEmpty();
    }
  }

  /** In what a container differs from Jimfs after these steps, if in anything. */
  private static Optional<String> difference(List<Step> steps) {
    try {
      Path file = World.medium().resolve("stick.ugc");
      FileSystem container = ContainerFileSystems.of(World.container(file));
      FileSystem reference = World.JIMFS.make();
      Optional<String> found;
      Map<String, String> left;
      try (RandomUse mine = new RandomUse(container);
          RandomUse jimfs = new RandomUse(reference)) {
        found = difference(steps, mine, jimfs);
        left = RandomUse.content(reference);
        if (found.isEmpty()) {
          found = difference("at the end", RandomUse.content(container), left);
        }
      }
      return found.isPresent() ? found : difference("opened again", stored(file), left);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Optional<String> difference(List<Step> steps, RandomUse mine, RandomUse jimfs) {
    for (Step step : steps) {
      String is = mine.take(step);
      String expected = jimfs.take(step);
      if (!is.equals(expected)) {
        return Optional.of(step + ": " + is + " instead of " + expected);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> difference(
      String when, Map<String, String> is, Map<String, String> expected) {
    return is.equals(expected)
        ? Optional.empty()
        : Optional.of(when + ": " + is + " instead of " + expected);
  }

  private static Map<String, String> stored(Path file) throws Exception {
    try (Passphrase passphrase = World.passphrase();
        FileSystem reopened =
            FileSystems.newFileSystem(
                file,
                Map.of(
                    ContainerFileSystems.CREDENTIAL, Credential.of(passphrase),
                    ContainerFileSystems.ENVIRONMENT, World.environment(),
                    ContainerFileSystems.MODE, OpenMode.READ_ONLY),
                ProviderModelTest.class.getClassLoader())) {
      return RandomUse.content(reopened);
    }
  }
}
