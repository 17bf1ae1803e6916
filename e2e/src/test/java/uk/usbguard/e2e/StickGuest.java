package uk.usbguard.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A kernel with a stick in it that writes down what the stick is told: User Mode Linux, which is a
 * process like any other and needs no right to mount.
 */
final class StickGuest {

  private static final Path KERNEL = Path.of("/usr/bin/linux.uml");
  private static final Path SCRIPT = Processes.ROOT.resolve("e2e/src/test/scripts/stick_guest");
  private static final Path IN_MEMORY = Path.of("/dev/shm");
  private static final int MEMORY_MIB = 768;
  private static final long MOST_WRITTEN = 1L << 30;
  private static final long TIMEOUT_SECONDS = 1200;

  private final Path folder;

  /** Takes the folder that it shares with this process. */
  StickGuest(Path folder) {
    this.folder = folder;
  }

  /** Where it is not installed nothing can be said. */
  static boolean isThere() {
    return Files.isExecutable(KERNEL);
  }

  Path stick() {
    return folder.resolve("stick");
  }

  Path before() {
    return folder.resolve("before");
  }

  Path writes() {
    return folder.resolve("writes");
  }

  /** Fills the stick that was made, then lives; both are lines of bash. */
  void run(StickFormat format, String fill, String life) throws Exception {
    Files.writeString(folder.resolve("fill"), fill);
    Files.writeString(folder.resolve("life"), life);
    try (RandomAccessFile log = new RandomAccessFile(writes().toFile(), "rw")) {
      log.setLength(MOST_WRITTEN);
    }
    Path said = folder.resolve("said");
    Process kernel = start(format, said);
    boolean ended = kernel.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    kernel.descendants().forEach(ProcessHandle::destroyForcibly);
    kernel.destroyForcibly().waitFor();
    assertThat(ended).as("ended within %d s: %s", TIMEOUT_SECONDS, tail(said)).isTrue();
    assertThat(folder.resolve("ended")).as(tail(said)).hasContent("0\n");
  }

  private Process start(StickFormat format, Path said) throws IOException {
    List<String> command =
        List.of(
            KERNEL.toString(),
            "mem=" + MEMORY_MIB + "M",
            "root=/dev/root",
            "rootfstype=hostfs",
            "rootflags=/",
            "ro",
            "ubd1=" + stick(),
            "ubd2=" + writes(),
            "con=null",
            "con0=null,fd:1",
            "quiet",
            "init=" + SCRIPT,
            "--",
            folder.toString(),
            format.type());
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.put("TMPDIR", memory().toString());
    return builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
  }

  /** Where its memory is a file: in memory, if there is room. */
  private Path memory() throws IOException {
    boolean fits =
        Files.isDirectory(IN_MEMORY)
            && Files.getFileStore(IN_MEMORY).getUsableSpace() >= 2L * MEMORY_MIB << 20;
    return fits ? IN_MEMORY : folder;
  }

  private static String tail(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
  }
}
