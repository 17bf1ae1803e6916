package uk.usbguard.cli.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import uk.usbguard.core.container.GenerationMemory;

/**
 * Remembers a container's newest generation in one small file each, so that several processes never
 * undo each other. It is a convenience: if the file cannot be read or written, the warning about an
 * older copy is missing, and nothing else.
 */
public final class FileGenerationMemory implements GenerationMemory {

  private final StateFolder state;

  public FileGenerationMemory(StateFolder state) {
    this.state = state;
  }

  @Override
  public OptionalLong lastSeen(String containerId) {
    try {
      return OptionalLong.of(Long.parseLong(Files.readString(file(containerId)).strip()));
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  @Override
  public void remember(String containerId, long generation) {
    if (generation <= lastSeen(containerId).orElse(0)) {
      return; // an older copy must not make it forget the newer one
    }
    try {
      state.remember("generations", containerId, generation + "\n");
    } catch (IOException e) {
      // The warning about an older copy will be missing, and nothing else.
    }
  }

  private Path file(String containerId) {
    return state.subfolder("generations").resolve(containerId);
  }
}
