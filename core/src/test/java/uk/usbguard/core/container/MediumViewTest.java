package uk.usbguard.core.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.EntryException;
import uk.usbguard.core.secret.Passphrase;

/** On the file system of the temporary folder; where that has no way past its cache, skipped. */
class MediumViewTest {

  /** What another program does that wants the writer's lock. */
  private static final String LOCK =
      """
      import fcntl, struct, sys
      wanted = struct.pack('hhqqi', fcntl.F_WRLCK, 0, 1 << 62, 1, 0)
      fcntl.fcntl(open(sys.argv[1], 'r+b'), fcntl.F_SETLK, wanted)
      """;

  @TempDir private Path temp;
  private Container container;

  @BeforeEach
  void make() throws Exception {
    CreateOptions options = CreateOptions.defaults().withCost(Rig.CHEAPEST).withRecoveryKey(false);
    try (Passphrase passphrase = Passphrase.of("violet harbour quilt".toCharArray())) {
      container =
          Containers.create(
                  temp.resolve("c.ugc"),
                  options,
                  passphrase,
                  ContainerEnvironment.of(
                      Clock.systemUTC(), new SecureRandom(), GenerationMemory.none()))
              .container();
    }
  }

  @AfterEach
  void close() throws Exception {
    container.close();
  }

  private MediumView view() throws IOException, ContainerException {
    assumeTrue(container.onMedium().isPresent(), "this file system cannot be read past its cache");
    return container.onMedium().orElseThrow();
  }

  private void put(String path, byte[] bytes) throws IOException, ContainerException {
    container.put(
        Rig.path(path),
        FileMeta.at(Instant.EPOCH),
        new ByteArrayInputStream(bytes),
        PutMode.REPLACE);
  }

  private static byte[] read(MediumView view, String path) throws IOException, ContainerException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    view.openFile(Rig.path(path)).transferTo(out);
    return out.toByteArray();
  }

  @Test
  @DisplayName("ENC-14: what was saved is on the medium, and what was not is not")
  void showsWhatWasCommittedAndNothingElse() throws Exception {
    put("inline", new byte[] {1});
    put("small", Rig.bytes(2, 20_000));
    put("large", Rig.bytes(1, 3_000_000));
    container.commit();
    MediumView view = view();
    assertThat(read(view, "inline")).containsExactly(1);
    assertThat(read(view, "small")).isEqualTo(Rig.bytes(2, 20_000));
    assertThat(read(view, "large")).isEqualTo(Rig.bytes(1, 3_000_000));

    put("later", new byte[] {2});
    assertThatThrownBy(() -> view.openFile(Rig.path("later"))).isInstanceOf(EntryException.class);
    container.commit();
    assertThat(read(view(), "later")).containsExactly(2);
  }

  @Test
  void costsTheWriterNothingOfItsLock() throws Exception {
    view();
    Process other =
        new ProcessBuilder("python3", "-c", LOCK, temp.resolve("c.ugc").toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(other.waitFor()).as(said).isNotZero();
    assertThat(said).containsAnyOf("BlockingIOError", "PermissionError");
  }
}
