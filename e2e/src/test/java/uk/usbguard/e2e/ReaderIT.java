package uk.usbguard.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.core.check.Finding;
import uk.usbguard.core.check.Repair;
import uk.usbguard.core.check.Verification;
import uk.usbguard.core.check.VerifyReport;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerEnvironment;
import uk.usbguard.core.container.ContainerPath;
import uk.usbguard.core.container.Containers;
import uk.usbguard.core.container.CreateOptions;
import uk.usbguard.core.container.Credential;
import uk.usbguard.core.container.FileEditor;
import uk.usbguard.core.container.FileMeta;
import uk.usbguard.core.container.GenerationMemory;
import uk.usbguard.core.container.OpenMode;
import uk.usbguard.core.container.PassphraseCost;
import uk.usbguard.core.container.ProgressListener;
import uk.usbguard.core.container.PutMode;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.NotAContainerException;
import uk.usbguard.core.error.UnsupportedFormatException;
import uk.usbguard.core.error.WrongKeyException;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.e2e.Guard.Result;

/** The reader in Node.js, written from docs/format.md alone, against what the program writes. */
@DisplayName("ENC-12: the independent reader reads what the program writes")
class ReaderIT {

  private static final Path READER = Processes.ROOT.resolve("e2e/reader");

  /** With a fraction that Node.js, which counts time in binary fractions, keeps as it is. */
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.500Z");

  private static final int DAMAGES = 12;
  private static final PassphraseCost CHEAPEST = new PassphraseCost(19 * 1024, 2, 1);

  private final ContainerEnvironment environment =
      ContainerEnvironment.of(Clock.systemUTC(), new SecureRandom(), GenerationMemory.none());

  @TempDir private Path temp;
  private Guard guard;

  @BeforeAll
  static void installTheReader() throws Exception {
    Process process =
        new ProcessBuilder("npm", "ci", "--silent", "--no-audit", "--no-fund")
            .directory(READER.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    Result result = Guard.finish(process);
    assertThat(result.code()).as(result.out()).isZero();
  }

  @BeforeEach
  void sitDown() throws IOException {
    guard = new Guard(temp);
  }

  @Test
  @DisplayName("a folder of 600 small files, stored in three sessions, some replaced and removed")
  void manySmallFiles() throws Exception {
    for (int i = 0; i < 600; i++) {
      file("letters/" + i % 7 + "/letter-" + i + ".txt", bytes(i, i % 500));
    }
    Files.createDirectories(guard.folder.resolve("letters/none"));
    run("encrypt", "letters", "--to", "c.ugc", "--no-recovery-key");
    file("letters/1/letter-1.txt", bytes(-1, 70_000));
    file("letters/new \u00e9\u65e5.txt", bytes(-2, 5));
    run("encrypt", "letters", "--to", "c.ugc", "--overwrite");
    Files.delete(guard.folder.resolve("letters/2/letter-2.txt"));
    run("rm", "c.ugc", "letters/2/letter-2.txt");

    assertReaderAgrees("c.ugc", "letters");
  }

  @Test
  @DisplayName("a file of 40 MiB, past the third anchor area")
  void moreThan33Mib() throws Exception {
    file("scans/large.bin", bytes(40, 40 << 20));
    file("scans/small.bin", bytes(41, 65_536));
    run("encrypt", "scans", "--to", "c.ugc", "--no-recovery-key");

    assertReaderAgrees("c.ugc", "scans");
  }

  @Test
  @DisplayName("a container of several segments")
  void severalSegments() throws Exception {
    make("c.ugc", 4);
    file("scans/one.bin", bytes(50, 3_000_000));
    file("scans/two.bin", bytes(51, 6_000_001));
    run("encrypt", "scans", "--to", "c.ugc");
    assertThat(guard.has("c.ugc.001")).isTrue();

    assertReaderAgrees("c.ugc", "scans");
  }

  @Test
  @DisplayName(
      "files with holes, edited in the middle, cut and lengthened, before and after compact")
  void editedAndCompacted() throws Exception {
    file("scans/edited.bin", bytes(60, 1_000_000));
    file("scans/passing.bin", bytes(61, 2_000_000));
    run("encrypt", "scans", "--to", "c.ugc", "--no-recovery-key");
    edit("c.ugc", "scans/edited.bin");
    edit(guard.folder.resolve("scans/edited.bin"));
    Files.delete(guard.folder.resolve("scans/passing.bin"));
    run("rm", "c.ugc", "scans/passing.bin");
    assertReaderAgrees("c.ugc", "scans");

    run("compact", "c.ugc");

    assertReaderAgrees("c.ugc", "scans");
  }

  @Test
  @DisplayName("the golden containers of all released versions")
  void goldenContainers() throws Exception {
    Path golden = Processes.ROOT.resolve("core/src/test/resources/golden/v1");
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(golden.resolve("standard.ugc.gz")))) {
      Files.copy(in, guard.folder.resolve("c.ugc"));
    }

    Result verified = reader("verify", "c.ugc");
    Result listed = reader("list", "c.ugc");

    assertThat(verified.out()).contains("\"expect\": \"ok\"", "\"problems\": []");
    try (Stream<String> lines = Files.lines(golden.resolve("standard.txt"))) {
      lines.forEach(line -> assertThat(listed.out()).contains('"' + line.split("\t", 2)[0] + '"'));
    }
  }

  @Test
  @DisplayName(
      "and gives the same verdict as the program on containers damaged anywhere, and repaired")
  void verdictsOnDamagedContainers() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("ReaderIT -Dseed=" + seed);
    Random random = new Random(seed);
    make("whole.ugc", 4032);
    file("scans/large.bin", bytes(70, 400_000));
    for (int i = 0; i < 150; i++) {
      file("scans/" + i, bytes(71 + i, 300));
    }
    run("encrypt", "scans", "--to", "whole.ugc");
    Path whole = guard.folder.resolve("whole.ugc");
    Path damaged = guard.folder.resolve("damaged.ugc");
    for (int i = 0; i < DAMAGES; i++) {
      Files.copy(whole, damaged, StandardCopyOption.REPLACE_EXISTING);
      String damage = damage(damaged, random, i);
      assertThat(readersVerdict("damaged.ugc"))
          .as("seed %d, damage %d: %s", seed, i, damage)
          .isEqualTo(verdict(damaged));
      if (repaired(damaged)) {
        assertThat(readersVerdict("damaged.ugc"))
            .as("seed %d, damage %d repaired: %s", seed, i, damage)
            .isEqualTo(verdict(damaged));
      }
    }
  }

  /** False if there is nothing left that could be repaired. */
  private boolean repaired(Path file) throws Exception {
    try (Passphrase phrase = Passphrase.of(Guard.PHRASE.toCharArray())) {
      new Repair(file, Credential.of(phrase), environment, ProgressListener.none()).mend();
      return true;
    } catch (WrongKeyException | DamagedContainerException | NotAContainerException e) {
      return false;
    }
  }

  /** Zeros or other bytes somewhere: in the front, in the batches, or the end cut off. */
  private static String damage(Path file, Random random, int turn) throws IOException {
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      long from = turn % 3 == 0 ? 0 : 1_179_648;
      long at = from + (long) (random.nextDouble() * (raw.length() - from));
      if (turn % 8 == 7) {
        raw.setLength(at);
        return "cut off at " + at;
      }
      int length =
          (int) Math.min(raw.length() - at, 1 + random.nextInt(turn % 2 == 0 ? 8 : 70_000));
      byte[] other = new byte[length];
      if (turn % 4 < 2) {
        random.nextBytes(other);
      }
      raw.seek(at);
      raw.write(other);
      return length + (turn % 4 < 2 ? " other bytes at " : " zeros at ") + at;
    }
  }

  /** The class of the refusal, or ok and whether anything is wrong. */
  private String readersVerdict(String file) throws Exception {
    Result result = reader("verify", file);
    Matcher found = Pattern.compile("\"expect\": ?\"([a-z-]+)\"").matcher(result.out());
    assertThat(found.find()).as(result.out() + result.err()).isTrue();
    String outcome = found.group(1);
    return outcome.equals("ok") ? (result.code() == 0 ? "ok, sound" : "ok, damaged") : outcome;
  }

  /** The same by the program. */
  private String verdict(Path file) throws Exception {
    try (Container container = open(file, OpenMode.READ_ONLY)) {
      VerifyReport report = Verification.verify(container, ProgressListener.none());
      boolean nothing =
          report.findings().stream().allMatch(f -> f instanceof Finding.DroppedCommits);
      return nothing ? "ok, sound" : "ok, damaged";
    } catch (WrongKeyException e) {
      return "wrong-key";
    } catch (DamagedContainerException e) {
      return "damaged";
    } catch (UnsupportedFormatException e) {
      return "unsupported";
    } catch (NotAContainerException e) {
      return "not-a-container";
    }
  }

  // ---- what the program does

  private void run(String... args) throws Exception {
    Result result = guard.unlocked(args);
    assertThat(result.code()).as(result.err()).isZero();
  }

  private void make(String name, int segmentMib) throws Exception {
    CreateOptions options =
        CreateOptions.defaults()
            .withCost(CHEAPEST)
            .withRecoveryKey(false)
            .withSegmentMib(segmentMib);
    try (Passphrase phrase = Passphrase.of(Guard.PHRASE.toCharArray())) {
      Containers.create(guard.folder.resolve(name), options, phrase, environment).close();
    }
  }

  private Container open(Path file, OpenMode mode) throws Exception {
    try (Passphrase phrase = Passphrase.of(Guard.PHRASE.toCharArray())) {
      return Containers.open(file, Credential.of(phrase), mode, environment);
    }
  }

  /** What a program that has the container as a drive would do to a file in it ... */
  private void edit(String container, String path) throws Exception {
    try (Container opened = open(guard.folder.resolve(container), OpenMode.READ_WRITE)) {
      ContainerPath inside = ContainerPath.parse(path);
      try (FileEditor editor = opened.edit(inside)) {
        editor.write(130_000, bytes(1, 9), 0, 9);
        editor.truncate(500_001);
        editor.write(3_000_000, bytes(2, 100_000), 0, 100_000);
      }
      opened.setMeta(inside, FileMeta.at(TIME));
      opened.put(
          ContainerPath.parse("scans/inline"),
          FileMeta.at(TIME),
          new ByteArrayInputStream(bytes(3, 256)),
          PutMode.CREATE);
    }
  }

  /** ... and the same to the file on disk. */
  private void edit(Path disk) throws Exception {
    try (RandomAccessFile raw = new RandomAccessFile(disk.toFile(), "rw")) {
      raw.seek(130_000);
      raw.write(bytes(1, 9));
      raw.setLength(500_001);
      raw.seek(3_000_000);
      raw.write(bytes(2, 100_000));
    }
    Files.setLastModifiedTime(disk, FileTime.from(TIME));
    file("scans/inline", bytes(3, 256));
  }

  private void file(String name, byte[] content) throws IOException {
    Path file = guard.folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    Files.setLastModifiedTime(file, FileTime.from(TIME));
  }

  private static byte[] bytes(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  // ---- what the reader says

  private Result reader(String... args) throws Exception {
    // Node can wait for ever when it ends while its compilers still work (nodejs/node#54918).
    Stream<String> command =
        Stream.of("node", "--single-threaded", READER.resolve("ugc-reader.mjs").toString());
    ProcessBuilder builder =
        new ProcessBuilder(Stream.concat(command, Stream.of(args)).toList())
            .directory(guard.folder.toFile());
    builder.environment().putAll(Map.of("UGC_PASSPHRASE", Guard.PHRASE));
    Process process = builder.start();
    process.getOutputStream().close();
    return Guard.finish(process);
  }

  private void assertReaderAgrees(String container, String folder) throws Exception {
    Path target = guard.folder.resolve("out-" + System.nanoTime());
    Result extracted = reader("extract", container, target.toString());
    assertThat(extracted.code()).as(extracted.out() + extracted.err()).isZero();
    assertThat(tree(target.resolve(folder))).isEqualTo(tree(guard.folder.resolve(folder)));
    Result verified = reader("verify", container);
    assertThat(verified.code()).as(verified.out()).isZero();
    Result program = guard.unlocked("verify", container);
    assertThat(program.code()).as(program.out()).isZero();
  }

  private static String sha256(Path file) throws IOException {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** Every path with the hash of its content, and for files the time of change. */
  private static Map<String, List<Object>> tree(Path root) throws IOException {
    Map<String, List<Object>> tree = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        boolean folder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
        tree.put(
            root.relativize(path).toString(),
            folder
                ? List.of("folder")
                : List.of(sha256(path), Files.getLastModifiedTime(path).toMillis()));
      }
    }
    return tree;
  }
}
