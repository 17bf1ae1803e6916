package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.usbguard.cli.Desk.Result;

/** Words on the command line that are not what they should be, and what is said about them. */
class HostileWordsTest {

  @TempDir private Path temp;
  private Desk desk;

  @BeforeEach
  void sitDown() throws IOException {
    desk = new Desk(temp).withLetters();
  }

  private static void saysTwoLines(Result result, int code, String what) {
    assertThat(result.code()).as(result.err()).isEqualTo(code);
    assertThat(result.err().lines()).as(result.err()).hasSize(2);
    assertThat(result.err()).contains(what).doesNotContain("Exception", "\tat ", "Error:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\u001b[31mb", "a\u009b31mb", "a\u202egnp.exe", "a\u2028b"})
  @DisplayName("Nothing that steers a terminal comes back from the command line")
  void steersNothing(String word) {
    List<Result> all =
        List.of(
            desk.run(word),
            desk.run("ls", "c.ugc", "--" + word),
            desk.run("key", "remove", "c.ugc", "--slot", word),
            desk.run("scan", word),
            desk.run("policy", "check", word),
            desk.run("device", "show", word),
            desk.unlocked("ls", word),
            desk.unlocked("encrypt", word, "--to", "n.ugc"),
            desk.unlocked("encrypt", "letters", "--no-recovery-key", "--to", word + "/n.ugc"),
            desk.unlocked("rm", "c.ugc", word),
            desk.run("ls", "c.ugc", "--passphrase-file", word));

    for (Result result : all) {
      assertThat(result.code()).isNotZero();
      assertThat(result.err().lines()).as(result.err()).hasSize(2);
      assertThat(result.err().codePoints().filter(c -> c != '\n'))
          .as(result.err())
          .noneMatch(
              c ->
                  Character.isISOControl(c)
                      || Character.getType(c) == Character.FORMAT
                      || Character.getType(c) == Character.LINE_SEPARATOR);
    }
  }

  @Test
  @DisplayName("A folder where a file is needed is called a folder, and the drive is not blamed")
  void foldersForFiles() {
    String folder = desk.folder.resolve("letters").toString();
    for (List<String> args :
        List.of(
            List.of("ls", "c.ugc", "--passphrase-file", folder),
            List.of("policy", "check", folder),
            List.of("policy", "sign", folder, "--key", folder))) {
      Result result = desk.run(args.toArray(String[]::new));
      saysTwoLines(result, 66, "letters is a folder, and a file is needed.");
    }
  }

  @Test
  @DisplayName("An audit log that was never begun is said to be missing, whichever command asks")
  void noAuditLog() {
    for (String command : List.of("show", "verify", "export")) {
      saysTwoLines(desk.run("audit", command), 66, "There is no audit log.");
    }
    saysTwoLines(desk.run("audit", "verify", "--audit", "c.ugc"), 66, "There is no audit log.");
  }

  @Test
  @DisplayName("Two sources for one passphrase are refused in the words of this program")
  void twoSources() {
    saysTwoLines(
        desk.run("ls", "c.ugc", "--passphrase-stdin", "--passphrase-file", "x"),
        64,
        "Only one of these can be given: --passphrase-stdin, --passphrase-file=FILE.");
  }

  @Test
  @DisplayName("Damage at a place that nobody knows is told without a place")
  void damageWithoutAPlace() throws IOException {
    byte[] whole = Files.readAllBytes(desk.folder.resolve("c.ugc"));
    Files.write(desk.folder.resolve("cut.ugc"), Arrays.copyOf(whole, 30_000));

    saysTwoLines(
        desk.unlocked("ls", "cut.ugc"), 65, "cut.ugc is damaged: its list of saved states.\n");
  }

  @Test
  @DisplayName("A passphrase that opens none of the pieces is not laid to the container to come")
  void wrongPassphraseForPieces() {
    Result result =
        desk.pipe("wrong\n", "repair", "--from", "c.ugc", "--to", "new.ugc", "--passphrase-stdin");

    saysTwoLines(result, 77, "does not open c.ugc.");
  }
}
