package uk.usbguard.bench;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerEnvironment;
import uk.usbguard.core.container.ContainerPath;
import uk.usbguard.core.container.Containers;
import uk.usbguard.core.container.CreateOptions;
import uk.usbguard.core.container.FileMeta;
import uk.usbguard.core.container.GenerationMemory;
import uk.usbguard.core.container.NewContainer;
import uk.usbguard.core.container.PassphraseCost;
import uk.usbguard.core.container.PutMode;
import uk.usbguard.core.secret.Passphrase;

/**
 * Makes a container of many one-byte files, 100 to a folder. Its passphrase costs the least that
 * the format allows, 19 MiB, because the listing is measured with a heap of 64 MiB, which the usual
 * 64 MiB of Argon2id alone would fill.
 */
public final class MakeMillion {

  private static final int FOLDER = 100;
  private static final byte[] CONTENT = {'x'};

  private MakeMillion() {}

  /** Takes the container to make, the number of files and a file with the passphrase. */
  public static void main(String[] args) throws Exception {
    int count = Integer.parseInt(args[1]);
    String line = Files.readAllLines(Path.of(args[2]), StandardCharsets.UTF_8).get(0);
    var environment =
        ContainerEnvironment.of(Clock.systemUTC(), new SecureRandom(), GenerationMemory.none());
    CreateOptions options =
        CreateOptions.defaults().withCost(PassphraseCost.LEAST).withRecoveryKey(false);
    try (Passphrase passphrase = Passphrase.of(line.toCharArray());
        NewContainer made = Containers.create(Path.of(args[0]), options, passphrase, environment)) {
      fill(made.container(), count);
    }
  }

  private static void fill(Container container, int count) throws Exception {
    FileMeta meta = FileMeta.at(Instant.parse("2026-01-01T00:00:00Z"));
    ContainerPath folder = ContainerPath.ROOT;
    for (int i = 0; i < count; i++) {
      if (i % FOLDER == 0) {
        folder = ContainerPath.ROOT.child(String.format(Locale.ROOT, "folder-%06d", i / FOLDER));
        container.makeFolder(folder, meta);
      }
      container.put(
          folder.child(String.format(Locale.ROOT, "file-%06d", i)),
          meta,
          new ByteArrayInputStream(CONTENT),
          PutMode.CREATE);
    }
  }
}
