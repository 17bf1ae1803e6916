package uk.usbguard.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.core.audit.AuditFinding.Kind;

@DisplayName("AUD-02: a crash is told from tampering, and what was acknowledged is there")
class CrashedLogTest {

  @TempDir private Path temp;
  private Path folder;

  @BeforeEach
  void name() {
    folder = temp.resolve("audit");
  }

  @Test
  @DisplayName("a last write that was cut off anywhere is torn, and the log goes on behind it")
  void aTornEndIsNoTampering() throws Exception {
    Logs.write(folder, HeadMemory.NONE, 2);
    Path file = Logs.files(folder).get(0);
    byte[] before = Files.readAllBytes(file);
    Logs.write(folder, HeadMemory.NONE, 1);
    byte[] after = Files.readAllBytes(file);

    for (int end = before.length; end < after.length; end += 41) {
      Files.write(file, Arrays.copyOf(after, end));
      assertThat(Logs.verify(folder).findings()).as("cut at %d", end).isEmpty();

      Logs.write(folder, HeadMemory.NONE, 1);
      AuditReport report = Logs.verify(folder);
      assertThat(report.findings()).as("gone on at %d", end).isEmpty();
      assertThat(report.tornBytes()).isZero();
      assertThat(Logs.events(folder)).hasSizeBetween(3, 4);
    }
  }

  @Test
  @DisplayName("blocks that never came, at the end, are torn too")
  void zerosAtTheEndAreTorn() throws Exception {
    Logs.write(folder, HeadMemory.NONE, 2);
    Path file = Logs.files(folder).get(0);
    byte[] good = Files.readAllBytes(file);
    byte[] zeros = Arrays.copyOf(good, good.length + 4096);
    zeros[good.length + 4000] = '\n';
    Files.write(file, zeros);

    AuditReport report = Logs.verify(folder);
    assertThat(report.isSound()).isTrue();
    assertThat(report.tornBytes()).isEqualTo(4096);
    Logs.write(folder, HeadMemory.NONE, 1);
    assertThat(Logs.verify(folder).findings()).isEmpty();
    assertThat(Logs.events(folder)).hasSize(3);
  }

  @Test
  @DisplayName("what a crash left stays in the file; changed later, it is foreign")
  void whatACrashLeftIsPinned() throws Exception {
    Logs.write(folder, HeadMemory.NONE, 2);
    Path file = Logs.files(folder).get(0);
    Files.writeString(file, Files.readString(file) + "torn piece", StandardCharsets.US_ASCII);
    Logs.write(folder, HeadMemory.NONE, 1);
    assertThat(Logs.verify(folder).findings()).isEmpty();

    Files.writeString(file, Files.readString(file).replace("torn piece", "TORN piece"));
    assertThat(Logs.verify(folder).findings())
        .extracting(AuditFinding::kind)
        .containsExactly(Kind.FOREIGN_BYTES);
  }

  @Test
  @DisplayName("a crash while a file was begun is gone on from, in the first file and later ones")
  void aFileThatWasBegunIsGoneOnFrom() throws Exception {
    Logs.write(folder, HeadMemory.NONE, 20);
    List<Path> files = Logs.files(folder);
    Path last = files.get(files.size() - 1);
    byte[] good = Files.readAllBytes(last);
    int header = new String(good, StandardCharsets.US_ASCII).indexOf('\n');
    for (int end : new int[] {0, 1, 100, header}) {
      Files.write(last, Arrays.copyOf(good, end));
      Logs.write(folder, HeadMemory.NONE, 1);
      assertThat(Logs.verify(folder).findings()).as("cut at %d", end).isEmpty();
    }

    Files.write(last, Arrays.copyOf(good, header + 1));
    Path fresh = temp.resolve("fresh");
    Logs.write(fresh, HeadMemory.NONE, 1);
    Files.write(Logs.files(fresh).get(0), new byte[0]);
    Logs.write(fresh, HeadMemory.NONE, 1);
    assertThat(Logs.verify(fresh).findings()).isEmpty();
  }

  @Test
  @DisplayName("kill -9 of a real process: every event that it said was recorded is there")
  void killedProcessesLoseNothingAcknowledged() throws Exception {
    long seed = Long.getLong("seed", new Random().nextLong());
    Random random = new Random(seed);
    List<String> acknowledged = new ArrayList<>();
    for (int round = 0; round < 4; round++) {
      int lines = 1 + random.nextInt(400);
      acknowledged.addAll(killedAfter(lines, round));
    }

    AuditReport report = Logs.verify(folder);
    List<String> recorded =
        Logs.events(folder).stream().map(AuditRecord::id).collect(Collectors.toList());
    assertThat(acknowledged).as("-Dseed=%d", seed).hasSizeGreaterThan(3).isSubsetOf(recorded);
    assertThat(recorded).as("-Dseed=%d", seed).doesNotHaveDuplicates();
    assertThat(report.findings()).as("-Dseed=%d", seed).isEmpty();
  }

  private static String classPath() throws Exception {
    List<String> places = new ArrayList<>();
    for (Class<?> type : List.of(BusyWriter.class, AuditLog.class, Argon2BytesGenerator.class)) {
      places.add(
          Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    return String.join(File.pathSeparator, places);
  }

  private List<String> killedAfter(int lines, int round) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-cp",
                classPath(),
                BusyWriter.class.getName(),
                folder.toString(),
                Integer.toString(round))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> said = new ArrayList<>();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        said.add(line);
        if (said.size() == lines) {
          process.toHandle().destroyForcibly(); // Process would close its streams
        }
      }
    }
    process.waitFor();
    return said;
  }
}
