package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.cli.Desk.Result;
import uk.usbguard.cli.console.ScriptedTerminal;

/** Where the plain files are to go once they are stored. */
class EncryptRemovingTest {

  @TempDir private Path temp;
  private Desk desk;

  @BeforeEach
  void sitDown() throws IOException {
    desk = new Desk(temp);
  }

  @Nested
  class WithRemoval {

    @Test
    @DisplayName("--remove-source removes each file after it was read back, and empty folders")
    void removesWhatIsSafelyStored() throws IOException {
      desk.file("src/a.txt", "a");
      desk.file("src/sub/b.txt", "b");
      Files.createSymbolicLink(desk.folder.resolve("src/link"), Path.of("a.txt"));

      Result stored = desk.encrypt("src", "--remove-source");

      assertThat(stored.code()).as(stored.err()).isZero();
      assertThat(stored.out()).contains("2 files removed after reading back");
      assertThat(desk.has("src/sub")).isFalse();
      assertThat(desk.has("src/a.txt")).isFalse();
      assertThat(desk.has("src/link")).isTrue();
      assertThat(desk.unlocked("cat", "c.ugc", "src/sub/b.txt").out()).isEqualTo("b");
    }

    @Test
    void keepsWhatIsNotInTheContainer() throws IOException {
      desk.withLetters();
      desk.file("letters/a.txt", "changed");

      Result stored = desk.unlocked("encrypt", "letters", "--to", "c.ugc", "--remove-source");

      assertThat(stored.code()).isEqualTo(73);
      assertThat(desk.text("letters/a.txt")).isEqualTo("changed");
      assertThat(desk.has("letters/b.txt")).isFalse();
    }
  }

  @Nested
  class ADrive {

    private final ByteBuffer large = ByteBuffer.allocate(2 << 20);

    @Test
    @DisplayName("encrypt DRIVE takes everything in, removes the plain copies and can be run again")
    void goesInWhole() throws IOException {
      Path drive = Files.createDirectories(desk.folder.resolve("drive"));
      Files.write(drive.resolve("scan.img"), large.array());
      desk.file("drive/ward/letter.txt", "letter");
      desk.file("drive/System Volume Information/x", "system");

      Result first = desk.unlocked("encrypt", "drive", "--yes", "--no-recovery-key");
      desk.file("drive/ward/letter.txt", "a newer letter");
      desk.file("drive/late.txt", "late");
      Result second = desk.unlocked("encrypt", "drive", "--yes");

      assertThat(first.code()).as(first.err()).isZero();
      assertThat(first.out()).contains("belongs to the operating system");
      assertThat(second.code()).as(second.err()).isZero();
      assertThat(desk.unlocked("ls", "-R", "drive/Encrypted.ugc").out().lines())
          .containsExactlyInAnyOrder(
              "/late.txt", "/scan.img", "/ward/", "/ward/letter.txt", "/ward/letter (2).txt");
      try (var left = Files.list(drive)) {
        assertThat(left.map(p -> p.getFileName().toString()))
            .containsExactlyInAnyOrder("Encrypted.ugc", "System Volume Information");
      }
    }

    @Test
    void finishesWhatAPulledDriveLeft() throws IOException {
      desk.file("drive/a.txt", "a");
      desk.file("drive/b.txt", "b");
      desk.unlocked("encrypt", "drive", "--yes", "--no-recovery-key");
      desk.file("drive/a.txt", "a"); // as if pulled after the commit and before the removal

      Result again = desk.unlocked("encrypt", "drive", "--yes", "--json");

      assertThat(again.code()).isZero();
      assertThat(again.out()).contains("\"unchanged\":1").contains("\"removed\":1");
      assertThat(desk.has("drive/a.txt")).isFalse();
    }

    @Test
    void asksForTheNameOfAFolderThatIsNoDrive() throws IOException {
      desk.file("drive/a.txt", "a");

      Result script = desk.unlocked("encrypt", "drive");
      Result no = desk.with(ScriptedTerminal.answering("no"), "encrypt", "drive");

      assertThat(script.code()).isEqualTo(64);
      assertThat(no.code()).isEqualTo(1);
      assertThat(desk.text("drive/a.txt")).isEqualTo("a");
    }

    @Test
    void isNeverTheUsersOwnFolder() throws IOException {
      desk.file("home/a.txt", "a");

      assertThat(desk.unlocked("encrypt", "home", "--yes").code()).isEqualTo(64);
      assertThat(desk.unlocked("encrypt", "/", "--yes").code()).isEqualTo(64);
      assertThat(desk.unlocked("encrypt", "home/a.txt", "--yes").code()).isEqualTo(64);
      assertThat(desk.text("home/a.txt")).isEqualTo("a");
    }
  }
}
