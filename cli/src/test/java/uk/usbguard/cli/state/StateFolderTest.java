package uk.usbguard.cli.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {

  private static final String ID = "6abc5b82-4066-69de-934e-5e778e3244be";

  @TempDir private Path temp;

  private static Path of(String os, Map<String, String> environment) {
    return StateFolder.of(os, environment, Path.of("/home/jo")).log().getParent();
  }

  @Test
  void isWhereTheSystemWantsIt() {
    assertThat(of("Linux", Map.of())).isEqualTo(Path.of("/home/jo/.local/state/usbguard"));
    assertThat(of("Linux", Map.of("XDG_STATE_HOME", "/s"))).isEqualTo(Path.of("/s/usbguard"));
    assertThat(of("Linux", Map.of("XDG_STATE_HOME", ""))).isEqualTo(of("Linux", Map.of()));
    assertThat(of("Mac OS X", Map.of()))
        .isEqualTo(Path.of("/home/jo/Library/Application Support/usbguard"));
    assertThat(of("Windows 11", Map.of("LOCALAPPDATA", "/local")))
        .isEqualTo(Path.of("/local/usbguard"));
    assertThat(of("Windows 11", Map.of())).isEqualTo(Path.of("/home/jo/AppData/Local/usbguard"));
  }

  @Test
  void isTheUsersAlone() throws IOException {
    StateFolder state = new StateFolder(temp.resolve("a/b/usbguard"));
    state.append(Instant.EPOCH, "CODE", "trace\n");
    state.append(Instant.EPOCH, "CODE", "trace\n");

    assertThat(Files.readString(state.log())).hasLineCount(4);
    assertThat(Files.getPosixFilePermissions(state.log().getParent()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void remembersTheHighestGenerationOfEachContainer() {
    FileGenerationMemory memory =
        new FileGenerationMemory(new StateFolder(temp.resolve("usbguard")));
    assertThat(memory.lastSeen(ID)).isEmpty();
    memory.remember(ID, 7);
    memory.remember(ID, 5);

    assertThat(memory.lastSeen(ID)).isEqualTo(OptionalLong.of(7));
    assertThat(memory.lastSeen("other")).isEmpty();
  }

  @Test
  void aFolderThatCannotBeMadeStopsNothing() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "");
    FileGenerationMemory memory = new FileGenerationMemory(new StateFolder(file));
    memory.remember(ID, 7);

    assertThat(memory.lastSeen(ID)).isEmpty();
  }
}
