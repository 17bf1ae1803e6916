package uk.usbguard.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private static final long TRIAL_SECONDS = 30;
  private static final int ATTEMPTS = 4;

  /** What this kernel says of a process that was stopped from outside. */
  private static final String BROKEN = "failed to wait for SIGTRAP";

  private static final List<Path> NEEDED =
      List.of(
          KERNEL,
          Path.of("/usr/sbin/dmsetup"),
          Path.of("/usr/sbin/insmod"),
          Path.of("/usr/sbin/mount.exfat-fuse"),
          Path.of("/usr/sbin/fsck.exfat"),
          Path.of("/usr/sbin/fsck.fat"),
          Path.of("/usr/sbin/debugfs"));

  private final Path folder;

  /** Takes the folder that it shares with this process. */
  StickGuest(Path folder) {
    this.folder = folder;
  }

  /** Why nothing can be tried here; nothing if it can. */
  static Optional<String> missing(Path folder) throws Exception {
    for (Path path : NEEDED) {
      if (!Files.isExecutable(path)) {
        return Optional.of(path + " is not installed");
      }
    }
    StickGuest guest = new StickGuest(folder);
    Files.write(guest.stick(), new byte[1 << 20]);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (guest.lives("none", TRIAL_SECONDS).isPresent()) {
        return Optional.empty();
      }
    }
    return Optional.of("User Mode Linux does not start" + knownCause() + ": " + tail(guest.said()));
  }

  /** Linux 6.1 hands a process fewer registers back than a processor with AMX has. */
  private static String knownCause() throws IOException {
    boolean amx = Files.readString(Path.of("/proc/cpuinfo")).contains(" amx_tile ");
    return amx ? " (that of Linux 6.1 never does on a processor with AMX)" : "";
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

  /** Makes a stick and fills it, then lives; both are lines of bash. */
  void run(StickFormat format, String fill, String life) throws Exception {
    Files.writeString(folder.resolve("fill"), fill);
    Files.writeString(folder.resolve("life"), life);
    Optional<String> code = Optional.empty();
    for (int attempt = 0; code.isEmpty() && attempt < ATTEMPTS; attempt++) {
      Files.deleteIfExists(stick());
      format.make(stick());
      code = lives(format.type(), TIMEOUT_SECONDS);
    }
    if (code.isEmpty()) {
      System.out.println("pulled sticks: not run, because User Mode Linux broke: " + tail(said()));
    }
    assumeTrue(code.isPresent(), "User Mode Linux broke");
    assertThat(code).as(tail(said())).contains("0");
  }

  /**
   * Runs it once, and says what the life ended with. This kernel is a process that leads others by
   * signals: if somebody stops it and lets it go on, as a PC may do that is short of something, it
   * breaks, and says nothing of the stick.
   */
  private Optional<String> lives(String type, long seconds) throws Exception {
    Path ended = folder.resolve("ended");
    Files.deleteIfExists(ended);
    try (RandomAccessFile log = new RandomAccessFile(writes().toFile(), "rw")) {
      log.setLength(0);
      log.setLength(MOST_WRITTEN);
    }
    Process kernel = start(type);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    boolean runs = true;
    while (runs && System.nanoTime() < end && !tail(said()).contains(BROKEN)) {
      runs = !kernel.waitFor(200, TimeUnit.MILLISECONDS);
    }
    kernel.descendants().forEach(ProcessHandle::destroyForcibly);
    kernel.destroyForcibly().waitFor();
    return Files.exists(ended) ? Optional.of(Files.readString(ended).strip()) : Optional.empty();
  }

  private Path said() {
    return folder.resolve("said");
  }

  private Process start(String type) throws IOException {
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
            type);
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.put("TMPDIR", memory().toString());
    return builder.redirectErrorStream(true).redirectOutput(said().toFile()).start();
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
