package uk.usbguard.core.container;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.RecoveryKey;

/**
 * A process that opens a container, reads a file, and locks it again; its heap is written down
 * before and after. Takes the container, a file with the passphrase, and a folder for the dumps.
 */
final class HeapDumpDriver {

  private HeapDumpDriver() {}

  public static void main(String[] args) throws Exception {
    var environment =
        ContainerEnvironment.of(Clock.systemUTC(), new SecureRandom(), GenerationMemory.none());
    Path dumps = Path.of(args[2]);
    try (Passphrase passphrase = phrase(Path.of(args[1]));
        Container container =
            Containers.open(
                Path.of(args[0]), Credential.of(passphrase), OpenMode.READ_ONLY, environment)) {
      byte[] content = new byte[HeapDumpTest.CONTENT_BYTES];
      FileReader reader = container.openFile(ContainerPath.parse("letter"));
      for (int at = 0; at < content.length; ) {
        int n = reader.read(at, content, at, content.length - at);
        if (n <= 0) {
          throw new IOException("ends at " + at);
        }
        at += n;
      }
      dump(dumps.resolve("open.hprof"));
      Arrays.fill(content, (byte) 0);
    }
    dump(dumps.resolve("closed.hprof"));
    changeKeys(Path.of(args[0]), Path.of(args[1]), environment);
    dump(dumps.resolve("keys.hprof"));
  }

  /** Adds a passphrase and a recovery key, takes the first passphrase away, recovers. */
  private static void changeKeys(Path file, Path first, ContainerEnvironment environment)
      throws Exception {
    try (RecoveryKey key = RecoveryKey.generate(new SecureRandom());
        Passphrase second = Passphrase.of("second-of-three-phrases".toCharArray());
        Passphrase third = Passphrase.of("third-of-three-phrases".toCharArray())) {
      int added;
      try (Passphrase passphrase = phrase(first);
          Container container = changing(file, Credential.of(passphrase), environment)) {
        added = container.addPassphrase(second, PassphraseCost.LEAST).number();
        container.addRecoveryKey(key);
      }
      try (Container container = changing(file, Credential.of(second), environment)) {
        container.removeSlot(0);
      }
      try (Container container = changing(file, Credential.of(key), environment)) {
        container.replacePassphrase(added, third, PassphraseCost.LEAST);
      }
      try (Container container = changing(file, Credential.of(third), environment)) {
        if (container.slots().size() != 2) {
          throw new IOException(container.slots().toString());
        }
      }
    }
  }

  private static Container changing(
      Path file, Credential credential, ContainerEnvironment environment) throws Exception {
    return Containers.open(file, credential, OpenMode.READ_WRITE, environment);
  }

  private static Passphrase phrase(Path file) throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    char[] chars = new char[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      chars[i] = (char) bytes[i];
    }
    try {
      return Passphrase.of(chars);
    } finally {
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(chars, ' ');
    }
  }

  /** Live objects only: what the collector has not come to yet is in docs/threat-model.md. */
  private static void dump(Path file) throws IOException {
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpHeap(file.toString(), true);
  }
}
