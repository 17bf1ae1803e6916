package uk.usbguard.core.fuzz;

import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the inputs to begin with as files, a folder for each parser, for scripts/fuzz. */
final class SeedFiles {

  private SeedFiles() {}

  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[0]);
    for (FuzzTarget target : FuzzTarget.values()) {
      Path folder = Files.createDirectories(root.resolve(target.name()));
      int number = 0;
      for (byte[] seed : target.seeds()) {
        Files.write(folder.resolve("seed-" + number++), seed);
      }
    }
  }
}
