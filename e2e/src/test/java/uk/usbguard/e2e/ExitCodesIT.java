package uk.usbguard.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.e2e.Guard.Result;

/** Every exit code that a user can meet, with its two lines. */
class ExitCodesIT {

  @TempDir private Path temp;
  private Guard guard;

  @BeforeEach
  void sitDown() throws IOException {
    guard = new Guard(temp);
  }

  private static void ends(Result result, int code, String said) {
    assertThat(result.code()).as(result.err()).isEqualTo(code);
    assertThat(result.err().lines()).hasSize(2);
    assertThat(result.err()).contains(said).doesNotContain("Exception", "at uk.usbguard");
  }

  @Test
  @DisplayName(
      "64 usage, 65 damaged, 66 nothing there, 73 cannot create, 77 wrong passphrase, 80 denied")
  void saysWhatHappenedAndWhatToDo() throws Exception {
    guard.withLetters();
    guard.file("text.ugc", "not a container ".repeat(10_000));

    ends(guard.run("ls"), 64, "CONTAINER");
    ends(guard.run("ls", "c.ugc"), 64, "no terminal");
    ends(guard.unlocked("ls", "text.ugc"), 65, "not a usbguard container");
    ends(guard.unlocked("ls", "none.ugc"), 66, "none.ugc");
    ends(guard.unlocked("cat", "c.ugc", "letters/none"), 66, "/letters/none");
    ends(guard.unlocked("encrypt", "letters", "--to", "no/where.ugc"), 73, "no");
    ends(guard.pipe("wrong\n", "ls", "c.ugc", "--passphrase-stdin"), 77, "does not open c.ugc");
    ends(
        guard.pipe(
            "short\n",
            "encrypt",
            "letters",
            "--to",
            "x.ugc",
            "--passphrase-stdin",
            "--no-recovery-key"),
        80,
        "usbguard: ");
    assertThat(guard.has("x.ugc")).isFalse();
  }

  @Test
  @DisplayName("74 a result that could not be written, and a key that nobody saw opens nothing")
  void resultsThatNobodyGets() throws Exception {
    guard.withLetters();
    guard.file("phrase", Guard.PHRASE + "\n");

    Result info = guard.shell("usbguard info c.ugc >/dev/full");
    Result key =
        guard.shell(
            "usbguard key add c.ugc --type recovery --recovery-to-stdout --passphrase-file phrase"
                + " >/dev/full");
    Result slots = guard.unlocked("key", "list", "c.ugc");

    assertThat(info.code()).isEqualTo(74);
    assertThat(info.err()).contains("could not be written");
    assertThat(key.code()).as(key.err()).isEqualTo(74);
    assertThat(slots.out()).doesNotContain("recovery");
  }

  @Test
  @DisplayName("65 a pipe in place of a container is refused at once")
  void pipes() throws Exception {
    Result info = guard.shell("mkfifo pipe && usbguard info pipe");

    assertThat(info.code()).isEqualTo(65);
    assertThat(info.err()).contains("pipe is a folder, a pipe or a device");
  }

  @Test
  @DisplayName("76 a profile and a version that this release has not")
  void unsupported() throws Exception {
    guard.withLetters();
    ends(
        guard.unlocked(
            "encrypt", "letters", "--to", "x.ugc", "--profile", "fips", "--no-recovery-key"),
        76,
        "profile");
    try (RandomAccessFile raw =
        new RandomAccessFile(guard.folder.resolve("c.ugc").toFile(), "rw")) {
      for (long area : new long[] {0, 1 << 20}) {
        raw.seek(area + 9);
        raw.write(9);
      }
    }
    ends(guard.unlocked("ls", "c.ugc"), 76, "version");
  }

  @Test
  @DisplayName("75 somebody else is writing to the container")
  void busy() throws Exception {
    guard.withLetters();
    Process writer = guardWithOpenInput();
    try {
      await(() -> hasOpen(writer, guard.folder.resolve("c.ugc")));
      ends(guard.unlocked("mkdir", "c.ugc", "x"), 75, "in use");
      assertThat(guard.unlocked("ls", "c.ugc").out()).isEqualTo("letters/\n");
    } finally {
      writer.destroyForcibly().waitFor();
    }
  }

  /** Has opened the container and waits for the second passphrase. */
  private Process guardWithOpenInput() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Processes.ROOT.resolve("usbguard").toString(),
                "passphrase",
                "c.ugc",
                "--passphrase-stdin",
                "--new-passphrase-stdin")
            .directory(guard.folder.toFile());
    builder.environment().put("HOME", guard.home.toString());
    Process process = builder.start();
    OutputStream in = process.getOutputStream();
    in.write((Guard.PHRASE + "\n").getBytes(StandardCharsets.UTF_8));
    in.flush();
    return process;
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition) throws IOException {
    long end = System.nanoTime() + 120_000_000_000L;
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("waited for 120 s").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static boolean hasOpen(Process process, Path file) throws IOException {
    Path descriptors = Path.of("/proc/" + process.pid() + "/fd");
    assumeTrue(Files.isDirectory(descriptors));
    try (var all = Files.list(descriptors)) {
      return all.anyMatch(
          fd -> {
            try {
              return Files.readSymbolicLink(fd).equals(file);
            } catch (IOException e) {
              return false;
            }
          });
    }
  }

  @Test
  @DisplayName("130 Ctrl-C leaves a sound container with whole files, and says what was done")
  void interrupted() throws Exception {
    byte[] content = new byte[64 << 10];
    Files.createDirectories(guard.folder.resolve("many"));
    for (int i = 0; i < 4000; i++) {
      content[0] = (byte) i;
      Files.write(guard.folder.resolve("many/" + i), content);
    }
    guard.withLetters();
    Path container = guard.folder.resolve("c.ugc");
    long before = Files.size(container);
    Process writer =
        guard.start(Guard.PHRASE + "\n", "put", "c.ugc", "many", "--passphrase-stdin", "--json");
    await(() -> Files.size(container) > before + (20 << 20));
    assertThat(new ProcessBuilder("kill", "-INT", Long.toString(writer.pid())).start().waitFor())
        .isZero();
    Result result = Guard.finish(writer);

    assertThat(result.code()).as(result.err()).isEqualTo(130);
    assertThat(result.out()).contains("\"interrupted\":true");
    assertThat(result.err()).contains("\"id\":\"interrupted\"");
    Result verified = guard.unlocked("verify", "c.ugc", "--json");
    assertThat(verified.code()).as(verified.err()).isZero();
    long stored = guard.unlocked("ls", "c.ugc", "many").out().lines().count();
    assertThat(result.out()).contains("\"files\":" + stored + ",");
    assertThat(stored).isBetween(1L, 3999L);
  }

  @Test
  @DisplayName(
      "ENC-14 a process killed while it writes leaves a container that opens, with whole files")
  void killed() throws Exception {
    guard.withLetters();
    byte[] content = new byte[4 << 20];
    Files.createDirectories(guard.folder.resolve("large"));
    for (int i = 0; i < 20; i++) {
      java.util.Arrays.fill(content, (byte) i);
      Files.write(guard.folder.resolve("large/" + i), content);
    }
    Path container = guard.folder.resolve("c.ugc");
    long before = Files.size(container);
    Process writer =
        guard.start(Guard.PHRASE + "\n", "put", "c.ugc", "large", "--passphrase-stdin");
    await(() -> Files.size(container) > before + (16 << 20));
    writer.destroyForcibly().waitFor();

    Result verified = guard.unlocked("verify", "c.ugc");
    assertThat(verified.code()).as(verified.err()).isZero();
    assertThat(guard.unlocked("cat", "c.ugc", "letters/a.txt").out()).isEqualTo("one");
    for (String name : guard.unlocked("ls", "c.ugc", "large").out().lines().toList()) {
      byte[] stored = guard.unlocked("cat", "c.ugc", "large/" + name).bytes();
      assertThat(stored).hasSize(4 << 20).startsWith(Integer.parseInt(name));
    }
    assertThat(guard.unlocked("put", "c.ugc", "large", "--json").code()).isZero();
  }
}
