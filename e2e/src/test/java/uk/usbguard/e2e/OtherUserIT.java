package uk.usbguard.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.e2e.Guard.Result;

/** The program as somebody without rights runs it, from a folder that he cannot write to. */
@DisplayName("Without administrator rights")
class OtherUserIT {

  /** Nobody: has no rights but those that everybody has. */
  private static final int NOBODY = 65_534;

  @TempDir private Path temp;
  private Path program;
  private Path desk;

  @BeforeEach
  void sitDown() throws Exception {
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
    program = temp.resolve("program");
    copy(Processes.ROOT.resolve("usbguard"), program.resolve("usbguard"));
    copy(Processes.ROOT.resolve("scripts"), program.resolve("scripts"));
    copy(Processes.ROOT.resolve("cli/target/app"), program.resolve("cli/target/app"));
    desk = Files.createDirectories(temp.resolve("desk"));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(folder).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, from.equals(file) ? to : to.resolve(from.relativize(file).toString()));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Takes the rights away, if this test has any to take. */
  private Result run(String... args) throws Exception {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      String id = String.valueOf(NOBODY);
      command.addAll(List.of("setpriv", "--reuid", id, "--regid", id, "--clear-groups"));
      command.addAll(List.of("--bounding-set", "-all", "--inh-caps", "-all", "--no-new-privs"));
    }
    command.add(program.resolve("usbguard").toString());
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).directory(desk.toFile());
    builder.environment().put("HOME", desk.toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().remove("XDG_STATE_HOME");
    Process process = builder.start();
    process.getOutputStream().write((Guard.PHRASE + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    return Guard.finish(process);
  }

  private static boolean isRoot() throws IOException {
    return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
  }

  private void giveDeskAway() throws Exception {
    if (isRoot()) {
      new ProcessBuilder("chown", "-R", NOBODY + ":" + NOBODY, desk.toString()).start().waitFor();
    }
  }

  @Test
  @DisplayName(
      "a folder is encrypted and comes out; a file without read permission is named, the rest stored")
  void worksForNobody() throws Exception {
    Files.createDirectories(desk.resolve("ward"));
    Files.writeString(desk.resolve("ward/letter.txt"), "Dear Dr Example");
    Path closed = Files.writeString(desk.resolve("ward/closed.txt"), "of somebody else");
    giveDeskAway();
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));

    Result stored =
        run("encrypt", "ward", "--to", "c.ugc", "--no-recovery-key", "--passphrase-stdin");
    Result taken = run("decrypt", "c.ugc", "--to", "out", "--passphrase-stdin");

    assertThat(stored.code()).as(stored.err()).isEqualTo(74);
    assertThat(stored.out() + stored.err()).contains("ward/closed.txt").contains("1 file");
    assertThat(taken.code()).as(taken.err()).isZero();
    assertThat(desk.resolve("out/ward/letter.txt")).content().isEqualTo("Dear Dr Example");
    assertThat(desk.resolve("out/ward/closed.txt")).doesNotExist();
  }
}
