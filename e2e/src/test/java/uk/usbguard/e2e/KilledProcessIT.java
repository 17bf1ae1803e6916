package uk.usbguard.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.e2e.Guard.Result;

/**
 * {@code kill -9} of the real program at a random moment of each command that changes something.
 * The system keeps what the process had written: a medium that loses writes is the matter of core's
 * crash tests. Replay with {@code -Dseed=}.
 */
@DisplayName("ENC-02 ENC-14: a killed process loses nothing that was there before")
class KilledProcessIT {

  private static final int ROUNDS = Integer.getInteger("usbguard.kills", 3);
  private static final int FILES = 24;
  private static final int FILE_BYTES = 300_000;

  /** Counted for the whole class, as the last thing it says. */
  private static final List<String> KILLED = new ArrayList<>();

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final SplittableRandom random = new SplittableRandom(seed);

  @TempDir private Path temp;
  private Guard guard;

  /** What has to be readable somewhere, whatever happens. */
  private final Map<String, byte[]> originals = new TreeMap<>();

  @BeforeEach
  void sitDown() throws IOException {
    guard = new Guard(temp);
  }

  @AfterAll
  static void tell() {
    System.out.println("process crashes: " + KILLED.size());
  }

  /** Files in a folder {@code src} of the folder of the guard. */
  private void makeFiles() throws IOException {
    Path folder = Files.createDirectories(guard.folder.resolve("src/ward"));
    for (int i = 0; i < FILES; i++) {
      byte[] content = new byte[FILE_BYTES];
      new SplittableRandom(i).nextBytes(content);
      String name = "src/" + (i % 2 == 0 ? "" : "ward/") + "letter" + i;
      Files.write(folder.getParent().getParent().resolve(name), content);
      originals.put(name, content);
    }
  }

  private void mustSucceed(String... command) throws Exception {
    Result result = guard.unlocked(command);
    assertThat(result.code()).as(result.err()).isZero();
  }

  /** How long it takes undisturbed, which also shows that it works. */
  private long undisturbedMillis(String input, String... command) throws Exception {
    long start = System.nanoTime();
    Result result = guard.pipe(input, command);
    assertThat(result.code()).as(result.err()).isZero();
    return Math.max(1, (System.nanoTime() - start) / 1_000_000);
  }

  /** Starts it and kills it somewhere in the middle. */
  private void kill(long undisturbedMillis, String input, String... command) throws Exception {
    Process process = guard.start(input, command);
    long after = random.nextLong(undisturbedMillis / 4, undisturbedMillis + 1);
    boolean ended = process.waitFor(after, TimeUnit.MILLISECONDS);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
    if (!ended) {
      KILLED.add(command[0]);
    }
  }

  /** Everything in the container, by path, after it verified. */
  private Map<String, byte[]> contents(String phrase, String container) throws Exception {
    Result verified = guard.pipe(phrase + "\n", "verify", container, "--passphrase-stdin");
    assertThat(verified.code()).as("-Dseed=%d %s", seed, verified.err()).isZero();
    Path out = guard.folder.resolve("out");
    delete(out);
    Result taken =
        guard.pipe(phrase + "\n", "decrypt", container, "--to", "out", "--passphrase-stdin");
    assertThat(taken.code()).as("-Dseed=%d %s", seed, taken.err()).isZero();
    return tree(out);
  }

  private static Map<String, byte[]> tree(Path folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          files.put(
              folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
        }
      }
    }
    return files;
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private void restore(Path saved) throws IOException {
    Files.copy(
        saved, guard.folder.resolve("c.ugc"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  private void assertIsOriginal(String name, byte[] content) {
    assertThat(Arrays.equals(content, originals.get(name)))
        .as("-Dseed=%d %s is as it was", seed, name)
        .isTrue();
  }

  @Test
  @DisplayName("encrypt DRIVE: each file is there in plain, or its copy in the container verifies")
  void encryptingADriveLosesNoFile() throws Exception {
    String input = Guard.PHRASE + "\n";
    String[] command = {"encrypt", "src", "--yes", "--no-recovery-key", "--passphrase-stdin"};
    makeFiles();
    long millis = undisturbedMillis(input, command);
    for (int round = 0; round < ROUNDS; round++) {
      delete(guard.folder.resolve("src"));
      makeFiles();
      kill(millis, input, command);
      everyFileIsThere();
      // And as a user would: once more, to the end.
      assertThat(guard.pipe(input, command).code()).as("-Dseed=%d", seed).isZero();
      everyFileIsThere();
      assertThat(tree(guard.folder.resolve("src")).keySet()).containsExactly("Encrypted.ugc");
    }
  }

  private void everyFileIsThere() throws Exception {
    Map<String, byte[]> plain = tree(guard.folder.resolve("src"));
    boolean complete = originals.keySet().stream().allMatch(name -> plain.containsKey(inSrc(name)));
    Map<String, byte[]> stored = complete ? Map.of() : contents(Guard.PHRASE, "src/Encrypted.ugc");
    for (String name : originals.keySet()) {
      byte[] here =
          plain.containsKey(inSrc(name)) ? plain.get(inSrc(name)) : stored.get(inSrc(name));
      assertThat(here).as("-Dseed=%d %s", seed, name).isNotNull();
      assertIsOriginal(name, here);
    }
  }

  private static String inSrc(String name) {
    return name.substring("src/".length());
  }

  @Test
  @DisplayName("encrypt and put: what was stored before is whole, and so is what is there now")
  void storingKeepsWhatWasThere() throws Exception {
    String input = Guard.PHRASE + "\n";
    makeFiles();
    guard.file("first", "the first");
    mustSucceed("encrypt", "first", "--to", "c.ugc", "--no-recovery-key");
    Path saved = Files.copy(guard.folder.resolve("c.ugc"), temp.resolve("saved"));
    for (String[] command :
        new String[][] {
          {"encrypt", "src", "--to", "c.ugc", "--passphrase-stdin"},
          {"put", "c.ugc", "src", "--passphrase-stdin"}
        }) {
      long millis = undisturbedMillis(input, command);
      for (int round = 0; round < ROUNDS; round++) {
        restore(saved);
        kill(millis, input, command);
        Map<String, byte[]> stored = contents(Guard.PHRASE, "c.ugc");
        assertThat(new String(stored.remove("first"), java.nio.charset.StandardCharsets.UTF_8))
            .isEqualTo("the first");
        stored.forEach(this::assertIsOriginal);
      }
    }
  }

  @Test
  @DisplayName("rm and compact: what was not removed is whole")
  void removingKeepsTheRest() throws Exception {
    String input = Guard.PHRASE + "\n";
    makeFiles();
    mustSucceed("encrypt", "src", "--to", "c.ugc", "--no-recovery-key");
    mustSucceed("rm", "c.ugc", "src/letter0", "src/letter4");
    Path saved = Files.copy(guard.folder.resolve("c.ugc"), temp.resolve("saved"));
    for (String[] command :
        new String[][] {
          {"rm", "-r", "c.ugc", "src/ward", "--yes", "--passphrase-stdin"},
          {"compact", "c.ugc", "--passphrase-stdin"}
        }) {
      long millis = undisturbedMillis(input, command);
      for (int round = 0; round < ROUNDS; round++) {
        restore(saved);
        kill(millis, input, command);
        Map<String, byte[]> stored = contents(Guard.PHRASE, "c.ugc");
        stored.forEach(this::assertIsOriginal);
        long inWard = stored.keySet().stream().filter(name -> name.contains("/ward/")).count();
        assertThat(inWard).as("-Dseed=%d all or nothing", seed).isIn(0L, (long) FILES / 2);
        assertThat(stored).hasSize(FILES / 2 - 2 + (int) inWard);
      }
    }
  }

  @Test
  @DisplayName("KEY-01 passphrase: the old one opens or the new one, and everything is there")
  void changingThePassphraseLocksNobodyOut() throws Exception {
    String input = Guard.PHRASE + "\n" + Guard.OTHER + "\n";
    String[] command = {"passphrase", "c.ugc", "--passphrase-stdin", "--new-passphrase-stdin"};
    guard.file("first", "the first");
    mustSucceed("encrypt", "first", "--to", "c.ugc", "--no-recovery-key");
    Path saved = Files.copy(guard.folder.resolve("c.ugc"), temp.resolve("saved"));
    long millis = undisturbedMillis(input, command);
    for (int round = 0; round < ROUNDS; round++) {
      restore(saved);
      kill(millis, input, command);
      boolean old = guard.unlocked("ls", "c.ugc").code() == 0;
      String phrase = old ? Guard.PHRASE : Guard.OTHER;
      mendTornCopy(phrase);
      assertThat(contents(phrase, "c.ugc")).containsOnlyKeys("first");
    }
  }

  /** A kill may cut one copy of the key area in two; the other one is whole, and a change mends. */
  private void mendTornCopy(String phrase) throws Exception {
    Result verified = guard.pipe(phrase + "\n", "verify", "c.ugc", "--passphrase-stdin");
    if (verified.code() == 65) {
      assertThat(verified.out())
          .as("-Dseed=%d", seed)
          .containsOnlyOnce("damaged: ")
          .contains("of the key area; another copy is whole");
      Result mended = guard.pipe(phrase + "\n", "mkdir", "c.ugc", "new", "--passphrase-stdin");
      assertThat(mended.code()).as("-Dseed=%d %s", seed, mended.err()).isZero();
    }
  }

  @Tag("long")
  @RepeatedTest(20)
  @DisplayName("the same at many more moments")
  void manyMoreKills() throws Exception {
    encryptingADriveLosesNoFile();
  }
}
