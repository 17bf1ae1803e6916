package uk.usbguard.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("AUD-02: the lease that lets one writer at a time at a log")
class FileLeaseTest {

  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir private Path folder;
  private Path lockFile;

  /** Another process: takes the lease, says so, and keeps it until its input ends or not at all. */
  static final class Other {
    private Other() {}

    public static void main(String[] args) throws IOException {
      System.out.println("started");
      Optional<FileLease> lease = FileLease.take(Path.of(args[0]), LONG);
      System.out.println(lease.isPresent() ? "got it" : "gave up");
      if (args[1].equals("keep") && System.in.read() < 0) {
        System.out.println("let go");
      }
      lease.orElseThrow().close();
    }
  }

  @BeforeEach
  void name() {
    lockFile = folder.resolve("lock");
  }

  private FileLease taken() throws IOException {
    return FileLease.take(lockFile, LONG).orElseThrow();
  }

  private Process other(String then) throws Exception {
    List<String> places = new ArrayList<>();
    for (Class<?> type : List.of(Other.class, FileLease.class)) {
      places.add(
          Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            String.join(System.getProperty("path.separator"), places),
            Other.class.getName(),
            lockFile.toString(),
            then)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @Test
  @DisplayName("threads have it in the order in which they asked, also one that had it just now")
  void inOrder() throws Exception {
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    FileLease first = taken();
    for (int i = 0; i < 5; i++) {
      int number = i;
      Thread thread =
          new Thread(
              () -> {
                try (FileLease lease = taken()) {
                  assertThat(lease).isNotNull();
                  order.add(number);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      threads.add(thread);
      thread.start();
      while (thread.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
    }

    first.close();
    try (FileLease again = taken()) {
      assertThat(again).isNotNull();
      order.add(5);
    }

    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(order).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  @DisplayName("another process has its turn though this one wants it again at once, for ever")
  void betweenProcesses() throws Exception {
    FileLease lease = taken();
    Process other = other("release");
    try (BufferedReader said = other.inputReader()) {
      assertThat(said.readLine()).isEqualTo("started");
      while (!lease.isAwaited()) {
        Thread.onSpinWait();
      }
      lease.close();
      taken().close();
      assertThat(said.ready()).as("the other one had it in between").isTrue();
      assertThat(said.readLine()).isEqualTo("got it");
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  @Test
  @DisplayName("it is free again when the process that had it is killed")
  void freeAfterDeath() throws Exception {
    Process other = other("keep");
    try (BufferedReader said = other.inputReader()) {
      assertThat(said.readLine()).isEqualTo("started");
      assertThat(said.readLine()).isEqualTo("got it");
      assertThat(FileLease.take(lockFile, Duration.ZERO)).isEmpty();
    } finally {
      other.destroyForcibly().waitFor();
    }

    taken().close();
  }

  @Test
  @DisplayName("patience ends without it; an interrupted thread says so and stays interrupted")
  void patienceEnds() throws Exception {
    try (FileLease lease = taken()) {
      assertThat(lease).isNotNull();
      assertThat(FileLease.take(lockFile, Duration.ofMillis(5))).isEmpty();

      Thread.currentThread().interrupt();
      assertThatThrownBy(this::taken).isInstanceOf(InterruptedIOException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
    taken().close();
  }
}
