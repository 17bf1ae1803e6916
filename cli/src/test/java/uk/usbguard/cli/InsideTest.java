package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.cli.Desk.Result;
import uk.usbguard.cli.console.ScriptedTerminal;

/** ls, cat, put, rm, mv, mkdir, info, verify, compact. */
class InsideTest {

  @TempDir private Path temp;
  private Desk desk;

  @BeforeEach
  void sitDown() throws IOException {
    desk = new Desk(temp).withLetters();
  }

  private String tree() {
    return desk.unlocked("ls", "-R", "c.ugc").out();
  }

  @Test
  void listsNames() {
    assertThat(desk.unlocked("ls", "c.ugc").out()).isEqualTo("letters/\n");
    assertThat(desk.unlocked("ls", "c.ugc", "letters").out()).isEqualTo("a.txt\nb.txt\nold/\n");
    assertThat(desk.unlocked("ls", "c.ugc", "letters/a.txt").out()).isEqualTo("a.txt\n");
    assertThat(desk.unlocked("ls", "c.ugc", "nothing").code()).isEqualTo(66);
  }

  @Test
  void listsDetails() {
    String listing = desk.unlocked("ls", "-l", "c.ugc", "letters").out();

    assertThat(listing.lines().toList().get(0))
        .startsWith("-rw-")
        .contains(" 3 ")
        .endsWith("a.txt");
    assertThat(listing.lines().toList().get(2)).startsWith("drw").endsWith("old/");
  }

  @Test
  void listsAsJsonLines() {
    assertThat(desk.unlocked("ls", "-R", "c.ugc", "--json").out().lines())
        .hasSize(4)
        .allMatch(line -> line.startsWith("{\"type\":\"entry\",\"path\":\"/letters"))
        .anyMatch(line -> line.contains("\"name\":\"a.txt\",\"kind\":\"file\",\"size\":3"));
  }

  @Test
  void neverLetsANameSteerTheTerminal() throws IOException {
    desk.file("evil/\u001b[2Jname\u202etxt", "x");
    desk.unlocked("put", "c.ugc", "evil");

    assertThat(desk.unlocked("ls", "c.ugc", "evil").out())
        .isEqualTo("\\u{1b}[2Jname\\u{202e}txt\n");
  }

  @Test
  void catGivesTheBytesAndNothingElse() {
    Result result = desk.unlocked("cat", "c.ugc", "letters/a.txt");

    assertThat(result.bytes()).containsExactly('o', 'n', 'e');
    assertThat(desk.unlocked("cat", "c.ugc", "letters").code()).isEqualTo(66);
  }

  @Test
  void putsIntoAFolderThatItMakes() throws IOException {
    desk.file("new.txt", "new");
    Result result = desk.unlocked("put", "c.ugc", "new.txt", "--into", "2026/november");

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(tree()).contains("/2026/november/new.txt");
  }

  @Test
  void putNeedsAContainer() throws IOException {
    desk.file("new.txt", "new");
    assertThat(desk.unlocked("put", "none.ugc", "new.txt").code()).isEqualTo(66);
    assertThat(desk.has("none.ugc")).isFalse();
  }

  @Test
  void removesFilesAndWithRFolders() {
    assertThat(desk.unlocked("rm", "c.ugc", "letters/a.txt").code()).isZero();
    assertThat(desk.unlocked("rm", "c.ugc", "letters").code()).isEqualTo(66);
    assertThat(tree()).contains("/letters/b.txt").doesNotContain("a.txt");

    assertThat(desk.unlocked("rm", "-r", "c.ugc", "letters").code()).isEqualTo(64);
    Result no = desk.with(ScriptedTerminal.answering("wrong name"), "rm", "-r", "c.ugc", "letters");
    assertThat(no.code()).isEqualTo(1);
    Result yes =
        desk.with(ScriptedTerminal.answering("c.ugc", Desk.PHRASE), "rm", "-r", "c.ugc", "letters");
    assertThat(yes.code()).as(yes.err()).isZero();
    assertThat(yes.out()).contains("Removed 1 file and 2 folders");
    assertThat(tree()).isEmpty();
  }

  @Test
  void removesAllOrNothing() {
    Result result = desk.unlocked("rm", "c.ugc", "letters/a.txt", "letters/none.txt");

    assertThat(result.code()).isEqualTo(66);
    assertThat(tree()).contains("a.txt");
  }

  @Test
  void movesAndRenames() {
    assertThat(desk.unlocked("mv", "c.ugc", "letters/a.txt", "letters/c.txt").code()).isZero();
    assertThat(desk.unlocked("mv", "c.ugc", "letters/c.txt", "letters/old").code()).isZero();
    assertThat(desk.unlocked("mv", "c.ugc", "letters/old", "/").code()).isZero();
    assertThat(tree()).contains("/old/c.txt");

    assertThat(desk.unlocked("mv", "c.ugc", "letters", "letters/sub").code()).isEqualTo(64);
    assertThat(desk.unlocked("mv", "c.ugc", "none", "some").code()).isEqualTo(66);
    assertThat(desk.unlocked("mv", "c.ugc", "old/c.txt", "letters/b.txt").code()).isEqualTo(73);
  }

  @Test
  void changesOnlyTheCaseOfAName() {
    assertThat(desk.unlocked("mv", "c.ugc", "letters/a.txt", "letters/A.TXT").code()).isZero();
    assertThat(tree()).contains("/letters/A.TXT");
  }

  @Test
  void makesFolders() {
    assertThat(desk.unlocked("mkdir", "c.ugc", "x").code()).isZero();
    assertThat(desk.unlocked("mkdir", "c.ugc", "x").code()).isEqualTo(73);
    assertThat(desk.unlocked("mkdir", "c.ugc", "p/q/r").code()).isEqualTo(66);
    assertThat(desk.unlocked("mkdir", "-p", "c.ugc", "p/q/r").code()).isZero();
    assertThat(desk.unlocked("mkdir", "-p", "c.ugc", "p/q/r").code()).isZero();
    assertThat(desk.unlocked("mkdir", "c.ugc", "../x").code()).isEqualTo(64);
    assertThat(tree()).contains("/p/q/r/");
  }

  @Test
  void infoMarksWhatIsOnlyClaimed() {
    Result claimed = desk.run("info", "c.ugc", "--json");
    Result verified = desk.unlocked("info", "c.ugc", "--json");

    assertThat(claimed.out()).contains("\"verified\":false").doesNotContain("\"files\"");
    assertThat(verified.out())
        .contains("\"verified\":true", "\"files\":2", "\"folders\":2", "\"payloadBytes\":6");
    assertThat(desk.run("info", "c.ugc").out()).contains("nobody has checked");
    assertThat(desk.unlocked("info", "c.ugc").out()).contains("verified with the key", "2 files");
    assertThat(
            desk.with(ScriptedTerminal.answering(Desk.PHRASE), "info", "--unlock", "c.ugc").out())
        .contains("verified with the key");
  }

  @Test
  void verifyReadsEverything() {
    Result result = desk.unlocked("verify", "c.ugc");

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).contains("c.ugc is sound").contains("2 files");
    assertThat(desk.unlocked("verify", "c.ugc", "--json").out())
        .contains("\"sound\":true", "\"damage\":[]");
  }

  @Test
  void compactKeepsTheContent() {
    assertThat(desk.unlocked("rm", "c.ugc", "letters/b.txt").code()).isZero();
    Result result = desk.unlocked("compact", "c.ugc");

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(desk.unlocked("cat", "c.ugc", "letters/a.txt").out()).isEqualTo("one");
  }
}
