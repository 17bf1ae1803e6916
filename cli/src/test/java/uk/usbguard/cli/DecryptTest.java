package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.cli.Desk.Result;

class DecryptTest {

  @TempDir private Path temp;
  private Desk desk;

  @BeforeEach
  void sitDown() throws IOException {
    desk = new Desk(temp).withLetters();
  }

  @Test
  void takesPathsOutUnderTheirOwnNames() throws IOException {
    Result result =
        desk.unlocked("decrypt", "c.ugc", "letters/a.txt", "/letters/old", "--to", "out");

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(desk.text("out/a.txt")).isEqualTo("one");
    assertThat(desk.folder.resolve("out/old")).isDirectory();
    assertThat(desk.has("out/letters")).isFalse();
  }

  @Test
  @DisplayName("ENC-03: what was saved and is cut off since is lost, and never said to be sound")
  void saysThatTheLastSaveIsLost() throws IOException {
    try (FileChannel channel =
        FileChannel.open(desk.folder.resolve("c.ugc"), StandardOpenOption.WRITE)) {
      channel.truncate(1_179_648 + 4096); // the empty state that it was made with is left
    }

    Result verified = desk.unlocked("verify", "c.ugc", "--json");
    Result taken = desk.unlocked("decrypt", "c.ugc", "--to", "out");
    Result repaired = desk.unlocked("repair", "c.ugc");
    desk.file("later", "stored later");
    Result stored = desk.unlocked("put", "c.ugc", "later");
    Result after = desk.unlocked("verify", "c.ugc");

    assertThat(verified.code()).isEqualTo(65);
    assertThat(verified.out()).contains("\"sound\":false").contains("\"part\":\"save\"");
    assertThat(verified.err()).contains("c.ugc is damaged: what was saved last");
    assertThat(taken.code()).isEqualTo(65);
    assertThat(taken.out()).contains("an older state was taken out");
    assertThat(repaired.code()).as("it cannot be brought back").isEqualTo(65);
    assertThat(stored.code()).as(stored.err()).isZero();
    assertThat(after.code()).as("a newer state stands").isZero();
  }

  @Test
  void makesNothingIfAPathIsNotThere() {
    Result result = desk.unlocked("decrypt", "c.ugc", "letters/a.txt", "nothing", "--to", "out");

    assertThat(result.code()).isEqualTo(66);
    assertThat(result.err()).contains("/nothing");
    assertThat(desk.has("out")).isFalse();
  }

  @Test
  void overwritesOnlyWhenAsked() throws IOException {
    desk.file("out/letters/a.txt", "mine");

    Result kept = desk.unlocked("decrypt", "c.ugc", "--to", "out");
    String mine = desk.text("out/letters/a.txt");
    Result replaced = desk.unlocked("decrypt", "c.ugc", "--to", "out", "--overwrite");

    assertThat(kept.code()).isEqualTo(73);
    assertThat(kept.out()).contains("/letters/a.txt");
    assertThat(mine).isEqualTo("mine");
    assertThat(desk.text("out/letters/b.txt")).isEqualTo("two");
    assertThat(replaced.code()).as(replaced.err()).isZero();
    assertThat(desk.text("out/letters/a.txt")).isEqualTo("one");
  }

  @Test
  void neverWritesThroughALinkThatIsThere() throws IOException {
    Path elsewhere = Files.createDirectories(desk.folder.resolve("elsewhere"));
    Files.createDirectories(desk.folder.resolve("out"));
    Files.createSymbolicLink(desk.folder.resolve("out/letters"), elsewhere);

    Result result = desk.unlocked("decrypt", "c.ugc", "--to", "out", "--overwrite");

    assertThat(result.code()).isEqualTo(73);
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void replacesALinkInsteadOfWhatItPointsTo() throws IOException {
    Path precious = desk.file("precious.txt", "precious");
    Files.createDirectories(desk.folder.resolve("out/letters"));
    Files.createSymbolicLink(desk.folder.resolve("out/letters/a.txt"), precious);

    assertThat(desk.unlocked("decrypt", "c.ugc", "--to", "out", "--overwrite").code()).isZero();
    assertThat(desk.text("precious.txt")).isEqualTo("precious");
    assertThat(desk.text("out/letters/a.txt")).isEqualTo("one");
  }

  @Test
  @DisplayName("Names that Windows forbids are mapped there, reported, and never merged")
  void mapsNames() throws IOException {
    desk.file("odd/CON.txt", "device");
    desk.file("odd/a:b?.txt", "signs");
    desk.file("odd/a_b_.txt", "already there");
    desk.file("odd/ends.", "dot");
    desk.file("odd/x\\y", "backslash");
    desk.unlocked("encrypt", "odd", "--to", "c.ugc");

    Result result = desk.on("Windows 11").unlocked("decrypt", "c.ugc", "odd", "--to", "out");

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).contains("/odd/CON.txt as CON_.txt");
    assertThat(desk.text("out/odd/CON_.txt")).isEqualTo("device");
    assertThat(desk.text("out/odd/ends_")).isEqualTo("dot");
    assertThat(desk.text("out/odd/x_y")).isEqualTo("backslash");
    try (var all = Files.list(desk.folder.resolve("out/odd"))) {
      assertThat(all).hasSize(5);
    }
  }

  @Test
  void getTakesOneOutToTheCurrentFolder() throws IOException {
    Result result = desk.unlocked("get", "c.ugc", "letters/b.txt");

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(desk.text("b.txt")).isEqualTo("two");
  }

  @Test
  void getOfTheTopTakesEverything() throws IOException {
    assertThat(desk.unlocked("get", "c.ugc", "/", "--to", "all").code()).isZero();
    assertThat(desk.text("all/letters/a.txt")).isEqualTo("one");
  }

  @Test
  void saysInJsonWhatItDid() {
    Result result = desk.unlocked("decrypt", "c.ugc", "--to", "out", "--json");

    assertThat(result.out())
        .startsWith("{\"type\":\"decrypt\"")
        .contains("\"files\":2", "\"folders\":2", "\"bytes\":6", "\"damaged\":0", "\"notes\":[]");
  }

  @Test
  void aTargetThatIsAFileCannotBeMade() throws IOException {
    desk.file("out", "a file");
    assertThat(desk.unlocked("decrypt", "c.ugc", "--to", "out").code()).isEqualTo(73);
  }
}
