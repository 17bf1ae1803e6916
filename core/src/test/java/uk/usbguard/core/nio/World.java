package uk.usbguard.core.nio;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import com.google.common.jimfs.PathNormalization;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerEnvironment;
import uk.usbguard.core.container.Containers;
import uk.usbguard.core.container.CreateOptions;
import uk.usbguard.core.container.GenerationMemory;
import uk.usbguard.core.container.PassphraseCost;
import uk.usbguard.core.secret.Passphrase;

/**
 * The file systems that have to behave alike. Jimfs is set up as Unix with the container's rules
 * for names: NFC, and no regard to case (of ASCII letters, which is all that Jimfs can do without
 * another library; the tests that run on both keep to those).
 */
enum World {
  JIMFS {
    @Override
    FileSystem make() {
      return Jimfs.newFileSystem(
          Configuration.unix().toBuilder()
              .setWorkingDirectory("/")
              .setNameCanonicalNormalization(
                  PathNormalization.NFC, PathNormalization.CASE_FOLD_ASCII)
              .setPathEqualityUsesCanonicalForm(true)
              .build());
    }
  },
  CONTAINER {
    @Override
    FileSystem make() throws Exception {
      return ContainerFileSystems.of(container(medium().resolve("stick.ugc")));
    }
  };

  static final PassphraseCost CHEAPEST = new PassphraseCost(19 * 1024, 2, 1);

  /** A new, empty file system. */
  abstract FileSystem make() throws Exception;

  /** A folder in memory that containers can be in. */
  static Path medium() throws IOException {
    FileSystem memory = Jimfs.newFileSystem(Configuration.unix());
    return Files.createDirectories(memory.getPath("/media/stick"));
  }

  static ContainerEnvironment environment() {
    return ContainerEnvironment.of(Clock.systemUTC(), new SecureRandom(), GenerationMemory.none());
  }

  static Passphrase passphrase() throws Exception {
    return Passphrase.of("correct horse battery staple".toCharArray());
  }

  /** A new container, open for writing. */
  static Container container(Path path) throws Exception {
    CreateOptions options = CreateOptions.defaults().withCost(CHEAPEST).withRecoveryKey(false);
    try (Passphrase passphrase = passphrase()) {
      return Containers.create(path, options, passphrase, environment()).container();
    }
  }
}
