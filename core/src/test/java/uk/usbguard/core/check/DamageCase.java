package uk.usbguard.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import uk.usbguard.core.container.Anatomy;
import uk.usbguard.core.container.Anatomy.Part;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerEnvironment;
import uk.usbguard.core.container.ContainerPath;
import uk.usbguard.core.container.Containers;
import uk.usbguard.core.container.CreateOptions;
import uk.usbguard.core.container.Credential;
import uk.usbguard.core.container.Entry;
import uk.usbguard.core.container.EntryCursor;
import uk.usbguard.core.container.FileMeta;
import uk.usbguard.core.container.GenerationMemory;
import uk.usbguard.core.container.NewContainer;
import uk.usbguard.core.container.OpenMode;
import uk.usbguard.core.container.PassphraseCost;
import uk.usbguard.core.container.ProgressListener;
import uk.usbguard.core.container.PutMode;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.RecoveryKey;

/** A container with a life behind it, to be damaged in one way and repaired. */
abstract class DamageCase {

  static final long FIRST_BATCH = 1_179_648;
  static final int KEY_AREA = 24_576;
  static final long[] AREAS = {0, 1_048_576};
  static final long RING = 65_536;

  private static final PassphraseCost CHEAPEST = new PassphraseCost(19 * 1024, 2, 1);
  private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

  /** So long that an inner node holds few of them: a tree of three levels is soon there. */
  private static final String LONG = "a-name-of-many-letters-".repeat(35);

  final ContainerEnvironment environment =
      ContainerEnvironment.of(
          Clock.fixed(NOW, ZoneOffset.UTC), new SecureRandom(), GenerationMemory.none());
  final FileSystem fileSystem = Jimfs.newFileSystem(Configuration.unix());
  Path path = fileSystem.getPath("/stick.ugc");
  final Map<String, byte[]> files = new TreeMap<>();
  private char[] recovery = new char[0];

  /** How long its files may grow. */
  int segmentMib() {
    return 4032;
  }

  @BeforeEach
  void live() throws Exception {
    CreateOptions options =
        CreateOptions.defaults().withCost(CHEAPEST).withSegmentMib(segmentMib());
    try (Passphrase passphrase = Passphrase.of("correct horse battery staple".toCharArray());
        NewContainer made = Containers.create(path, options, passphrase, environment)) {
      recovery = made.recoveryKey().orElseThrow().toText();
    }
    fill();
  }

  /** Four sessions: many names, some content, some of it replaced, some removed. */
  void fill() throws Exception {
    session(
        container -> {
          for (int i = 0; i < 260; i++) {
            put(container, String.format(Locale.ROOT, "%sletter-%03d", LONG, i), bytes(i, i % 200));
          }
        });
    session(
        container -> {
          container.makeFolder(ContainerPath.parse("ward"), FileMeta.at(NOW));
          for (int i = 0; i < 20; i++) {
            put(container, "ward/one-" + i, bytes(1000 + i, 3000 + i));
          }
          put(container, "ward/scan", bytes(2000, 300_000));
        });
    session(
        container -> {
          remove(container, "ward/one-3");
          remove(container, LONG + "letter-100");
          put(container, "ward/one-4", bytes(3000, 777));
        });
    session(container -> put(container, "ward/last", bytes(4000, 5000)));
  }

  @AfterEach
  void forget() throws Exception {
    fileSystem.close();
  }

  /** What is done in one session. */
  @FunctionalInterface
  interface Work {
    void with(Container container) throws Exception;
  }

  final void session(Work work) throws Exception {
    try (Container container = open(OpenMode.READ_WRITE)) {
      work.with(container);
    }
  }

  final void put(Container container, String name, byte[] content) throws Exception {
    container.put(
        ContainerPath.parse(name),
        FileMeta.at(NOW),
        new ByteArrayInputStream(content),
        PutMode.REPLACE);
    files.put(name, content);
  }

  final void remove(Container container, String name) throws Exception {
    container.remove(ContainerPath.parse(name));
    files.remove(name);
  }

  static byte[] bytes(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  final Container open(OpenMode mode) throws Exception {
    try (RecoveryKey key = RecoveryKey.parse(recovery.clone())) {
      return Containers.open(path, Credential.of(key), mode, environment);
    }
  }

  final Anatomy anatomy() throws Exception {
    try (Container container = open(OpenMode.READ_ONLY)) {
      return Anatomy.of(container);
    }
  }

  // ---- damage

  final void flip(Part part) throws Exception {
    byte[] there = read(part.position() + part.length() / 2, 1);
    write(part.position() + part.length() / 2, new byte[] {(byte) (there[0] ^ 0x10)});
  }

  final void zero(long position, int length) throws Exception {
    write(position, new byte[length]);
  }

  private Path fileOf(long position) {
    int number = (int) (position >>> 32);
    return number == 0
        ? path
        : path.resolveSibling(String.format(Locale.ROOT, "%s.%03d", path.getFileName(), number));
  }

  final byte[] read(long position, int length) throws Exception {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    try (FileChannel channel = FileChannel.open(fileOf(position), StandardOpenOption.READ)) {
      channel.read(bytes, position & 0xFFFF_FFFFL);
    }
    return bytes.array();
  }

  final void write(long position, byte[] bytes) throws Exception {
    try (FileChannel channel = FileChannel.open(fileOf(position), StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes), position & 0xFFFF_FFFFL);
    }
  }

  // ---- repair

  final RepairReport repair() throws Exception {
    return repair(ProgressListener.none());
  }

  final RepairReport repair(ProgressListener progress) throws Exception {
    try (RecoveryKey key = RecoveryKey.parse(recovery.clone())) {
      return new Repair(path, Credential.of(key), environment, progress).mend();
    }
  }

  final RepairReport salvage(List<Path> pieces, Path to) throws Exception {
    return salvage(pieces, to, ProgressListener.none());
  }

  final RepairReport salvage(List<Path> pieces, Path to, ProgressListener progress)
      throws Exception {
    try (RecoveryKey key = RecoveryKey.parse(recovery.clone())) {
      return new Salvage(pieces, to, Credential.of(key), environment, progress).salvage();
    }
  }

  /** From now on it is this container that is looked at. */
  final void at(Path other) {
    path = other;
  }

  /** A trial, after which every byte is as it was. */
  final RepairReport trial() throws Exception {
    byte[] before = Files.readAllBytes(path);
    try (RecoveryKey key = RecoveryKey.parse(recovery.clone())) {
      RepairReport report =
          new Repair(path, Credential.of(key), environment, ProgressListener.none()).trial();
      assertThat(Files.readAllBytes(path)).as("a trial writes nothing").isEqualTo(before);
      return report;
    }
  }

  /** Nothing is lost, nothing has come back, and the container takes new files. */
  final void assertAllIsThere() throws Exception {
    assertIsSound();
    assertTakesMore();
  }

  final void assertIsSound() throws Exception {
    assertHolds(files);
    try (Container container = open(OpenMode.READ_ONLY)) {
      VerifyReport report = Verification.verify(container, ProgressListener.none());
      assertThat(report.findings()).isEmpty();
      assertThat(container.info().files()).isEqualTo(files.size());
      assertThat(Anatomy.auditOf(container)).isEmpty();
    }
  }

  final void assertTakesMore() throws Exception {
    session(container -> put(container, "later", bytes(9999, 100_000)));
    session(container -> container.compact(ProgressListener.none()));
    try (Container container = open(OpenMode.READ_WRITE)) {
      assertThat(Anatomy.auditOf(container)).isEmpty();
    }
    assertHolds(files);
  }

  final void assertHolds(Map<String, byte[]> expected) throws Exception {
    assertThat(names()).containsExactlyElementsOf(new ArrayList<>(expected.keySet()));
    try (Container container = open(OpenMode.READ_ONLY)) {
      for (Map.Entry<String, byte[]> file : expected.entrySet()) {
        assertThat(content(container, file.getKey())).as(file.getKey()).isEqualTo(file.getValue());
      }
    }
  }

  static byte[] content(Container container, String name) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    container.openFile(ContainerPath.parse(name)).transferTo(out);
    return out.toByteArray();
  }

  /** The paths of all files, sorted. */
  final List<String> names() throws Exception {
    List<String> names = new ArrayList<>();
    try (Container container = open(OpenMode.READ_ONLY)) {
      list(container, ContainerPath.ROOT, "", names);
    }
    names.sort(null);
    return names;
  }

  static void list(Container container, ContainerPath folder, String prefix, List<String> names)
      throws Exception {
    EntryCursor entries = container.list(folder);
    while (entries.advance()) {
      Entry entry = entries.current();
      if (entry.isFolder()) {
        list(container, folder.child(entry.name()), prefix + entry.name() + "/", names);
      } else {
        names.add(prefix + entry.name());
      }
    }
  }
}
