package uk.usbguard.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
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

/**
 * Every command that takes, makes or shows a secret, watched from outside by strace: what each
 * process of it was started with, and which files it opened for writing.
 */
@DisplayName("ENC-13 PWD-06: no secret on a command line, in an environment, a log or a temp file")
class TracedSecretsIT {

  private static final String MARKER = "MARKER-of-a-patient-letter-4711";
  private static final String THIRD = "walnut-copper-thistle-ferry-basket";

  /** Longer than any argument list and environment here. */
  private static final String WHOLE = "200000";

  @TempDir private Path temp;
  private Guard guard;
  private Path trace;
  private final List<String> secrets =
      new ArrayList<>(List.of(MARKER, Guard.PHRASE, Guard.OTHER, THIRD));

  @BeforeEach
  void sitDown() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/strace")), "strace is not installed");
    guard = new Guard(Files.createDirectory(temp.resolve("desk")));
    trace = temp.resolve("trace");
    guard.file("phrase", Guard.PHRASE);
    guard.file("other", Guard.OTHER);
    guard.file("src/letter", MARKER.repeat(5_000));
    guard.file("more/note", MARKER.repeat(9));
  }

  /**
   * Runs a command under strace.
   *
   * @param writable all that it may open for writing, beside its memory of generations
   */
  private Result typed(List<String> writable, String in, String... args) throws Exception {
    Result result = guard.traced(trace, WHOLE, in, args);
    assertThat(result.code()).as(result.err()).isZero();
    List<String> lines = Files.readAllLines(trace, StandardCharsets.ISO_8859_1);
    assertThat(lines).filteredOn(line -> line.contains("execve(")).isNotEmpty();
    assertThat(lines)
        .filteredOn(line -> line.contains("execve("))
        .allSatisfy(line -> assertThat(secrets).noneMatch(line::contains));
    assertThat(lines)
        .filteredOn(line -> line.contains("O_WRONLY") || line.contains("O_RDWR"))
        .filteredOn(line -> !line.contains(" = -1 "))
        .filteredOn(line -> !line.contains("\"/dev/") && !line.contains("\"/proc/"))
        .filteredOn(line -> !line.contains("/state/usbguard/"))
        .allSatisfy(line -> assertThat(writable).anyMatch(line::contains));
    return result;
  }

  private Result run(List<String> writable, String... args) throws Exception {
    return typed(writable, Guard.PHRASE + "\n", args);
  }

  private static String recoveryKey(Result result) {
    String key =
        result.out().lines().filter(l -> l.matches("[0-9A-Z-]{30,}")).findFirst().orElseThrow();
    return key.strip();
  }

  @Test
  @DisplayName("encrypt, put, get, key add and remove, passphrase, recover, repair, generate")
  void noSecretLeaksFromAnyCommand() throws Exception {
    String in = "--passphrase-stdin";
    List<String> container = List.of("c.ugc");
    Result made = run(container, "encrypt", "src", "--to", "c.ugc", "--recovery-to-stdout", in);
    String key = recoveryKey(made);
    secrets.add(key);
    secrets.add(key.replace("-", ""));
    run(container, "put", "c.ugc", "more", in);
    run(List.of("\"out/"), "get", "c.ugc", "src/letter", "--to", "out", in);
    typed(
        container,
        Guard.PHRASE + "\n" + Guard.OTHER + "\n",
        "key",
        "add",
        "c.ugc",
        "--type",
        "passphrase",
        in,
        "--new-passphrase-stdin");
    run(
        List.of("c.ugc", "sheet.pdf"),
        "key",
        "add",
        "c.ugc",
        "--type",
        "recovery",
        "--recovery-sheet",
        "sheet.pdf",
        in);
    run(container, "key", "remove", "c.ugc", "--slot", "0", "--yes", "--passphrase-file", "other");
    typed(
        container,
        THIRD + "\n",
        "passphrase",
        "c.ugc",
        "--passphrase-file",
        "other",
        "--new-passphrase-stdin");
    typed(
        container,
        key + "\n" + Guard.PHRASE + "\n",
        "recover",
        "c.ugc",
        "--recovery-key-stdin",
        "--new-passphrase-stdin");
    run(container, "repair", "c.ugc", in);
    Result drawn = run(List.of(), "passphrase", "generate");
    secrets.add(drawn.out().strip());

    for (Path file : files(guard.home, guard.temp, guard.folder.resolve("c.ugc"))) {
      String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
      assertThat(secrets).as(file.toString()).noneMatch(bytes::contains);
      assertThat(secrets).noneMatch(file.toString()::contains);
    }
    assertThat(files(guard.temp)).isEmpty();
  }

  private static List<Path> files(Path... places) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path place : places) {
      try (Stream<Path> all = Files.walk(place)) {
        all.filter(Files::isRegularFile).forEach(files::add);
      }
    }
    return files;
  }
}
