package uk.usbguard.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.e2e.Guard.Result;

/** A drive that is really mounted, and really full. Needs the right to mount. */
class DriveIT {

  @TempDir private Path temp;
  private Guard guard;
  private Path drive;

  @BeforeEach
  void plugIn() throws Exception {
    guard = new Guard(temp);
    drive = Files.createDirectories(guard.folder.resolve("drive"));
    assumeTrue(does("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", drive.toString()));
  }

  @AfterEach
  void pull() throws Exception {
    does("umount", drive.toString());
  }

  private static boolean does(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  @DisplayName("encrypt DRIVE needs no question on a real drive and leaves nothing plain on it")
  void encryptsADrive() throws Exception {
    guard.file("drive/ward/letter.txt", "letter");
    guard.file("drive/$RECYCLE.BIN/old", "old");
    Result result = guard.unlocked("encrypt", "drive", "--no-recovery-key");

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(guard.has("drive/ward")).isFalse();
    assertThat(guard.has("drive/$RECYCLE.BIN/old")).isTrue();
    assertThat(guard.unlocked("cat", "drive/Encrypted.ugc", "ward/letter.txt").out())
        .isEqualTo("letter");
  }

  @Test
  @DisplayName(
      "A file larger than half the drive's free room stays plain, and everything else goes in")
  void aDriveThatIsNearlyFull() throws Exception {
    for (int i = 0; i < 6; i++) {
      Files.write(drive.resolve("scan" + i), new byte[2 << 20]);
    }
    Result result = guard.unlocked("encrypt", "drive", "--no-recovery-key", "--json");

    assertThat(result.code()).as(result.err()).isIn(0, 74);
    long plain;
    try (var left = Files.list(drive)) {
      plain = left.filter(p -> p.getFileName().toString().startsWith("scan")).count();
    }
    assertThat(guard.unlocked("verify", "drive/Encrypted.ugc").code()).isZero();
    long stored = guard.unlocked("ls", "drive/Encrypted.ugc").out().lines().count();
    assertThat(stored + plain).isGreaterThanOrEqualTo(6);
  }

  @Test
  @DisplayName("74 a full drive: what fitted is counted, whole and readable")
  void fullDrive() throws Exception {
    Files.createDirectories(guard.folder.resolve("src"));
    byte[] content = new byte[1 << 20];
    for (int i = 0; i < 40; i++) {
      new java.util.SplittableRandom(i).nextBytes(content);
      Files.write(guard.folder.resolve("src/" + i), content);
    }
    Result result =
        guard.unlocked("encrypt", "src", "--to", "drive/c.ugc", "--no-recovery-key", "--json");

    assertThat(result.code()).as(result.err()).isEqualTo(74);
    assertThat(result.err()).contains("\"id\":\"import-full\"");
    assertThat(guard.unlocked("verify", "drive/c.ugc").code()).isZero();
    long stored = guard.unlocked("ls", "drive/c.ugc", "src").out().lines().count();
    assertThat(stored).isBetween(10L, 23L);
    assertThat(result.out()).contains("\"files\":" + stored + ",");
    assertThat(guard.unlocked("rm", "drive/c.ugc", "src/0").code()).isZero();
  }

  @Test
  @DisplayName("74 a full target: nothing half written is left")
  void fullTarget() throws Exception {
    Files.createDirectories(guard.folder.resolve("src"));
    for (int i = 0; i < 15; i++) {
      Files.write(guard.folder.resolve("src/" + i), new byte[3 << 20]);
    }
    guard.unlocked("encrypt", "src", "--to", "c.ugc", "--no-recovery-key");
    Result result = guard.unlocked("decrypt", "c.ugc", "--to", "drive/out");

    assertThat(result.code()).as(result.err()).isEqualTo(74);
    try (var written = Files.list(drive.resolve("out/src"))) {
      assertThat(written).isNotEmpty().allMatch(f -> f.toFile().length() == 3 << 20);
    }
  }
}
