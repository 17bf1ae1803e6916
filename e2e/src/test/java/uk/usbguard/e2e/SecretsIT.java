package uk.usbguard.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.e2e.Guard.Result;

class SecretsIT {

  private static final String MARKER = "MARKER-of-a-patient-letter-4711";

  @TempDir private Path temp;
  private Guard guard;

  @BeforeEach
  void sitDown() throws IOException {
    guard = new Guard(temp);
  }

  private static boolean holds(Path file, String text) {
    try {
      // Latin-1 keeps every byte.
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  @DisplayName(
      "ENC-13 AUD-03 neither content nor names stand anywhere but in the source and the target")
  void noPlaintextAnywhere() throws Exception {
    guard.file("src/" + MARKER + ".txt", MARKER.repeat(5000));
    assertThat(guard.unlocked("encrypt", "src", "--to", "c.ugc", "--no-recovery-key").code())
        .isZero();
    guard.unlocked("ls", "-lR", "c.ugc");
    Result cat = guard.unlocked("cat", "c.ugc", "src/" + MARKER + ".txt");
    guard.unlocked("decrypt", "c.ugc", "--to", "out");
    guard.unlocked("cat", "c.ugc", "src/" + MARKER + "-that-is-not-there");
    guard.pipe("wrong\n", "ls", "c.ugc", "--passphrase-stdin");

    assertThat(cat.out()).hasSize(MARKER.length() * 5000);
    assertThat(guard.folder.resolve("c.ugc")).matches(f -> !holds(f, MARKER));
    List<Path> left = new ArrayList<>(filesIn(guard.home));
    left.addAll(filesIn(guard.temp));
    assertThat(left)
        .noneMatch(
            f -> holds(f, MARKER) || holds(f, Guard.PHRASE) || f.toString().contains(MARKER));
    assertThat(filesIn(guard.temp)).isEmpty();
  }

  @Test
  @DisplayName("ENC-13 cat writes to no file but what the program remembers of generations")
  void catOpensNothingForWriting() throws Exception {
    guard.withLetters();
    guard.file("phrase", Guard.PHRASE);
    Path trace = guard.folder.resolve("trace");
    List<String> command =
        List.of(
            "strace",
            "-f",
            "-qq",
            "-e",
            "trace=openat,open,creat",
            "-o",
            trace.toString(),
            Processes.ROOT.resolve("usbguard").toString(),
            "cat",
            "c.ugc",
            "letters/a.txt",
            "--passphrase-file",
            "phrase");
    ProcessBuilder builder = new ProcessBuilder(command).directory(guard.folder.toFile());
    builder.environment().put("HOME", guard.home.toString());
    builder.environment().put("XDG_STATE_HOME", guard.home.resolve("state").toString());
    Result result = Guard.finish(builder.start());
    assumeTrue(
        !result.err().contains("ptrace"), "this kernel lets nobody look on: " + result.err());

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).isEqualTo("one");
    assertThat(Files.readAllLines(trace, StandardCharsets.ISO_8859_1))
        .filteredOn(
            line ->
                line.contains("O_WRONLY") || line.contains("O_RDWR") || line.contains("O_CREAT"))
        .filteredOn(line -> !line.contains(" = -1 "))
        .filteredOn(line -> !line.contains("\"/dev/") && !line.contains("\"/proc/"))
        .allMatch(line -> line.contains("/state/usbguard/generations/"));
  }

  @Test
  @DisplayName("PWD-06 no secret is on a command line or in an environment")
  void noSecretInProc() throws Exception {
    guard.withLetters();
    ProcessBuilder builder =
        new ProcessBuilder(
                Processes.ROOT.resolve("usbguard").toString(),
                "passphrase",
                "c.ugc",
                "--passphrase-stdin",
                "--new-passphrase-stdin")
            .directory(guard.folder.toFile());
    Process process = builder.start();
    Path proc = Path.of("/proc/" + process.pid());
    assumeTrue(Files.isDirectory(proc));
    try (OutputStream in = process.getOutputStream()) {
      in.write((Guard.PHRASE + "\n").getBytes(StandardCharsets.UTF_8));
      in.flush();
      assertThat(holds(proc.resolve("cmdline"), Guard.PHRASE)).isFalse();
      assertThat(holds(proc.resolve("environ"), Guard.PHRASE)).isFalse();
      in.write((Guard.OTHER + "\n").getBytes(StandardCharsets.UTF_8));
    }
    assertThat(Guard.finish(process).code()).isZero();
    String help = guard.run("help", "encrypt").out();
    assertThat(help)
        .contains("--passphrase-stdin", "--passphrase-file=FILE")
        .doesNotContain("--passphrase=");
  }

  @Test
  @DisplayName(
      "PWD-06 a crash report, a core file or a heap dump is never made of a killed process")
  void leavesNoDump() throws Exception {
    guard.withLetters();
    Process process = guard.start(Guard.PHRASE + "\n", "verify", "c.ugc", "--passphrase-stdin");
    process.destroyForcibly().waitFor();

    try (Stream<Path> all = Files.list(guard.folder)) {
      assertThat(all.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder(".home", ".tmp", "letters", "c.ugc");
    }
  }
}
