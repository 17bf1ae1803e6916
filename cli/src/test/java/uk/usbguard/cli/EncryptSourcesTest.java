package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.cli.Desk.Result;

/** What is taken in, under which name, and what is left out. */
class EncryptSourcesTest {

  @TempDir private Path temp;
  private Desk desk;

  @BeforeEach
  void sitDown() throws IOException {
    desk = new Desk(temp);
  }

  @Test
  void neitherFollowsNorOpensWhatIsNoFile() throws Exception {
    desk.file("outside.txt", "secret of somebody else");
    desk.file("src/real.txt", "real");
    Files.createSymbolicLink(desk.folder.resolve("src/link"), Path.of("../outside.txt"));
    Files.createSymbolicLink(desk.folder.resolve("src/loop"), Path.of("."));
    Process fifo = new ProcessBuilder("mkfifo", desk.folder.resolve("src/pipe").toString()).start();
    assumeTrue(fifo.waitFor() == 0);

    Result stored = desk.encrypt("src");
    Result strict = desk.unlocked("encrypt", "src", "--to", "c.ugc", "--strict");

    assertThat(stored.code()).isZero();
    assertThat(stored.out())
        .contains("src/link is a symbolic link")
        .contains("src/loop is a symbolic link")
        .contains("src/pipe is a pipe")
        .contains("3 entries left out");
    assertThat(desk.stored()).containsExactly("/src/", "/src/real.txt");
    assertThat(strict.code()).isEqualTo(74);
    assertThat(strict.err()).contains("Left out: 3");
  }

  @Test
  void aLinkThatIsNamedOnPurposeIsFollowed() throws IOException {
    desk.file("real/a.txt", "a");
    Files.createSymbolicLink(desk.folder.resolve("link"), Path.of("real"));

    assertThat(desk.encrypt("link").code()).isZero();
    assertThat(desk.stored()).containsExactly("/link/", "/link/a.txt");
  }

  @Test
  void namesThatDifferInCaseOnlyAreBothKept() throws IOException {
    desk.file("src/letter.TXT", "upper");
    desk.file("src/letter.txt", "lower");
    desk.file("src/Letter.txt", "title");
    desk.file("src/a/x", "1");
    desk.file("src/A/x", "2");
    assumeTrue(Files.list(desk.folder.resolve("src")).count() == 5);

    Result first = desk.encrypt("src");
    Result again = desk.unlocked("encrypt", "src", "--to", "c.ugc", "--json");

    assertThat(first.code()).isZero();
    assertThat(first.out()).contains("(2)").contains("(3)");
    assertThat(desk.stored()).hasSize(8).anyMatch(s -> s.contains("(2)/x"));
    assertThat(again.out()).contains("\"unchanged\":5").contains("\"files\":0");
  }

  @Test
  void namesThatDifferInNormalisationOnlyAreBothKept() throws IOException {
    desk.file("src/caf\u00e9", "composed");
    desk.file("src/cafe\u0301", "decomposed");
    assumeTrue(Files.list(desk.folder.resolve("src")).count() == 2);

    assertThat(desk.encrypt("src").code()).isZero();
    assertThat(desk.stored()).hasSize(3).anyMatch(name -> name.endsWith(" (2)"));
  }

  @Test
  void aNameThatIsNoUnicodeIsStoredEscaped() throws Exception {
    Files.createDirectories(desk.folder.resolve("src"));
    byte[] script =
        "printf x > \"$(printf 'caf\\351-\\303\\251.txt')\"".getBytes(StandardCharsets.US_ASCII);
    Process shell =
        new ProcessBuilder("sh", "-c", new String(script, StandardCharsets.US_ASCII))
            .directory(desk.folder.resolve("src").toFile())
            .start();
    assumeTrue(shell.waitFor() == 0);

    Result stored = desk.encrypt("src");

    assertThat(stored.code()).as(stored.err()).isZero();
    assertThat(stored.out()).contains("not valid Unicode");
    assertThat(desk.stored()).contains("/src/caf%E9-\u00e9.txt");
  }

  @Test
  void aNameAsLongAsTheDiskAllowsComesBack() throws IOException {
    String name = "\u00e9".repeat(127) + "x";
    desk.file("src/" + name, "long");

    assertThat(desk.encrypt("src").code()).isZero();
    assertThat(desk.unlocked("decrypt", "c.ugc", "--to", "out").code()).isZero();
    assertThat(desk.text("out/src/" + name)).isEqualTo("long");
  }

  @Test
  void aSourceGivenTwiceIsStoredOnce() throws IOException {
    desk.file("src/a.txt", "a");
    Result stored = desk.encrypt("src", "./src", "src/../src");

    assertThat(stored.code()).isZero();
    assertThat(stored.out()).contains("given twice").contains("1 file and 1 folder");
  }

  @Test
  void twoSourcesOfOneNameAreBothKept() throws IOException {
    desk.file("x/letter.txt", "x");
    desk.file("y/letter.txt", "y");

    assertThat(desk.encrypt("x/letter.txt", "y/letter.txt").code()).isZero();
    assertThat(desk.stored()).containsExactly("/letter (2).txt", "/letter.txt");
  }

  @Test
  void aMissingSourceIsFoundBeforeAnythingIsMade() throws IOException {
    desk.file("a.txt", "a");
    Result result = desk.encrypt("a.txt", "missing.txt");

    assertThat(result.code()).isEqualTo(66);
    assertThat(result.err()).contains("missing.txt");
    assertThat(desk.has("c.ugc")).isFalse();
  }

  @Test
  void theContainerNeverGoesIntoItself() throws IOException {
    desk.file("src/a.txt", "a");
    Result stored = desk.unlocked("encrypt", "src", "--to", "src/c.ugc", "--no-recovery-key");
    Result again = desk.unlocked("encrypt", "src", "--to", "src/c.ugc");

    assertThat(stored.code()).as(stored.err()).isZero();
    assertThat(again.code()).isZero();
    assertThat(again.out()).contains("src/c.ugc is the container itself");
    assertThat(desk.unlocked("ls", "-R", "src/c.ugc").out().lines())
        .containsExactly("/src/", "/src/a.txt");
  }

  @Test
  @DisplayName("Through a link to it the container is not stored in itself either")
  void theContainerBehindALinkNeverGoesIntoItself() throws IOException {
    desk.file("src/a.txt", "a");
    desk.unlocked("encrypt", "src/a.txt", "--to", "src/c.ugc", "--no-recovery-key");
    Files.createSymbolicLink(desk.folder.resolve("link.ugc"), Path.of("src/c.ugc"));

    Result stored = desk.unlocked("encrypt", "src", "--to", "link.ugc");

    assertThat(stored.code()).as(stored.err()).isZero();
    assertThat(stored.out()).contains("src/c.ugc is the container itself");
  }

  @Test
  @DisplayName("A file that says it has no size and has content is stored and not called left out")
  void aFileOfNoSizeIsStored() throws IOException {
    Path file = Path.of("/proc/version");
    assumeTrue(Files.isReadable(file) && Files.size(file) == 0);

    Result stored = desk.encrypt("/proc/version", "--strict", "--json");
    Result again = desk.unlocked("put", "c.ugc", "/proc/version", "--json");

    assertThat(stored.code()).as(stored.out() + stored.err()).isZero();
    assertThat(stored.out())
        .contains("\"files\":1", "\"leftOut\":0")
        .doesNotContain("changed-while-read");
    assertThat(desk.unlocked("cat", "c.ugc", "version").out()).isEqualTo(Files.readString(file));
    assertThat(again.code()).as(again.out() + again.err()).isZero();
    assertThat(again.out()).contains("\"unchanged\":1", "\"leftOut\":0");
  }

  @Test
  void aFolderOfManyNamesIsStoredWhole() throws IOException {
    Path many = Files.createDirectories(desk.folder.resolve("many"));
    for (int i = 0; i < 3000; i++) {
      Files.writeString(many.resolve("letter " + i + ".txt"), "number " + i);
    }
    assertThat(desk.encrypt("many").out()).contains("3,000 files");
    assertThat(desk.unlocked("cat", "c.ugc", "many/letter 2999.txt").out())
        .isEqualTo("number 2999");
  }
}
