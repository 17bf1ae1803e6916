package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.usbguard.cli.Desk.Result;

/** What slips of the hand and of scripts must not do. */
class MistakesTest {

  @TempDir private Path temp;
  private Desk desk;

  @BeforeEach
  void sitDown() throws IOException {
    desk = new Desk(temp);
  }

  private String path(String name) {
    return desk.folder.resolve(name).toString();
  }

  @ParameterizedTest(name = "ENC-13: a variable that is not set does nothing: {0}")
  @CsvSource(
      delimiter = ';',
      value = {"encrypt _ --yes", "encrypt _ --to d.ugc", "decrypt c.ugc --to=", "ls c.ugc _"})
  void anEmptyWordDoesNothing(String line) throws IOException {
    desk.withLetters();
    String[] words = line.split(" ");
    for (int i = 0; i < words.length; i++) {
      words[i] = words[i].equals("_") ? "" : words[i];
    }

    Result result = desk.unlocked(words);

    assertThat(result.code()).isEqualTo(64);
    assertThat(result.err()).contains("is empty. Nothing was done.");
    assertThat(desk.text("letters/a.txt")).isNotEmpty();
    assertThat(desk.has("Encrypted.ugc")).isFalse();
    assertThat(desk.has("d.ugc")).isFalse();
  }

  @Test
  @DisplayName("KEY-03: what opens the container is not locked into it")
  void theKeyStaysOffTheDrive() throws IOException {
    desk.file("drive/letter.txt", "letter");
    desk.file("drive/phrase", Desk.PHRASE);

    Result sheet =
        desk.unlocked("encrypt", "drive", "--yes", "--recovery-sheet", "drive/sheet.pdf");
    Result phrase = desk.run("encrypt", "drive", "--yes", "--passphrase-file", "drive/phrase");

    assertThat(sheet.code()).isEqualTo(64);
    assertThat(sheet.err()).contains("drive/sheet.pdf lies on the drive");
    assertThat(phrase.code()).isEqualTo(64);
    assertThat(desk.text("drive/letter.txt")).isEqualTo("letter");
    assertThat(desk.has("drive/Encrypted.ugc")).isFalse();
  }

  @Test
  @DisplayName("KEY-05: a recovery key of another container is not called a wrong passphrase")
  void aWrongRecoveryKey() throws IOException {
    desk.withLetters();
    Result other = desk.unlocked("encrypt", "letters", "--to", "other.ugc", "--recovery-to-stdout");
    String key =
        other.out().lines().filter(line -> line.matches("[0-9A-Z-]{30,}")).findFirst().get();
    desk.file("key", key);

    Result refused = desk.run("ls", "c.ugc", "--recovery-key-file", path("key"));

    assertThat(refused.code()).isEqualTo(77);
    assertThat(refused.err()).contains("The recovery key does not open c.ugc.");
    Result right = desk.run("ls", "other.ugc", "--recovery-key-file", path("key"));
    assertThat(right.code()).as(right.err()).isZero();
  }

  @Test
  @DisplayName("PWD-06: the byte order mark of a file is no part of the passphrase")
  void aByteOrderMark() throws IOException {
    desk.withLetters();
    desk.file("marked", "\ufeff" + Desk.PHRASE + "\r\n");

    Result opened = desk.run("ls", "c.ugc", "--passphrase-file", path("marked"));
    assertThat(opened.code()).as(opened.err()).isZero();
  }

  @Test
  @DisplayName("a script that forgot --to reads what --yes would do before it says so")
  void sayingYesIsInformed() throws IOException {
    desk.file("folder/a.txt", "a");

    Result asked = desk.unlocked("encrypt", "folder");

    assertThat(asked.code()).isEqualTo(64);
    assertThat(asked.err())
        .contains("There is no --to", "moved into Encrypted.ugc, and the plain files removed");
  }

  @Test
  @DisplayName("ENC-14: a container is not stored in itself, whatever it is called")
  void theContainerByAnotherName() throws IOException {
    desk.withLetters();
    Files.createLink(desk.folder.resolve("hard.bin"), desk.folder.resolve("c.ugc"));
    Files.createSymbolicLink(desk.folder.resolve("soft.bin"), Path.of("c.ugc"));

    Result hard = desk.unlocked("put", "c.ugc", "hard.bin");
    Result soft = desk.unlocked("put", "c.ugc", "soft.bin");

    assertThat(hard.out()).contains("hard.bin is the container itself");
    assertThat(soft.out()).contains("is the container itself");
    assertThat(desk.unlocked("ls", "c.ugc").out()).doesNotContain(".bin");
  }

  @Test
  @DisplayName("ENC-14: a file is not replaced by one whose name another was given before")
  void aGivenNameIsNotTaken() throws IOException {
    desk.file("odd/Case.txt", "upper");
    desk.file("odd/case.txt", "lower");
    desk.file("odd/case (2).txt", "really of this name");

    assertThat(desk.encrypt("odd", "--overwrite").code()).isZero();

    assertThat(desk.unlocked("ls", "-R", "c.ugc").out().lines().filter(l -> l.endsWith(".txt")))
        .hasSize(3);
    assertThat(desk.unlocked("verify", "c.ugc").code()).isZero();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = ';',
      value = {
        "ls; usbguard: Not said: CONTAINER.",
        "ls c.ugc --passphrase-file a --passphrase-file b; usbguard: Something is given twice",
        "ls c.ugc --passphrase-stdin --passphrase-file b; usbguard: Only one of these can be given",
        "policy explain nhs-default --facts shape; usbguard: shape is no fact.",
        "key remove c.ugc --slot x; usbguard: --slot takes a whole number, not x.",
        "ls c.ugc -l=3; usbguard: -l takes no value.",
        "put c.ugc letters --yes; usbguard: Unknown option: '--yes'.",
        "encrypt letters --to n.ugc --yes; usbguard: --yes has nothing to say yes to",
        "key add c.ugc --type recovery --no-recovery-key; Unknown option: '--no-recovery-key'.",
        "encrpyt a --to b; Did you mean encrypt?",
        "encrypt letters --to n.ugc --profile x; usbguard: There is no profile x.",
        "encrypt letters --to n.ugc --profile fips; cannot make containers of the profile fips yet"
      })
  void saysWhatIsWrongWithTheWords(String line, String said) throws IOException {
    desk.file("letters/a.txt", "a");
    Result result = desk.run(line.split(" "));
    assertThat(result.err()).contains(said).doesNotContain("No recovery key is made");
    assertThat(result.err().lines().findFirst().get()).endsWith(said.endsWith("?") ? "?" : ".");
  }

  @Test
  @DisplayName(
      "PWD-04: the help of passphrase offers no recovery key, and who gives one is told why")
  void passphraseNeedsThePassphrase() throws IOException {
    desk.withLetters();
    desk.file("key", "anything");

    Result help = desk.run("help", "passphrase");
    Result refused = desk.run("passphrase", "c.ugc", "--recovery-key-file", path("key"));

    assertThat(help.out()).contains("--passphrase-file").doesNotContain("--recovery-key");
    assertThat(refused.code()).isEqualTo(64);
    assertThat(refused.err())
        .contains("This needs the present passphrase")
        .contains("usbguard recover");
  }

  @Test
  @DisplayName("What is missing is named: the slot, and the way to make folders above a folder")
  void namesWhatIsMissing() throws IOException {
    desk.withLetters();

    Result slot = desk.unlocked("key", "remove", "c.ugc", "--slot", "9", "--yes");
    Result folder = desk.unlocked("mkdir", "c.ugc", "a/b/c");

    assertThat(slot.code()).isEqualTo(66);
    assertThat(slot.err()).contains("c.ugc has nothing in key slot 9.");
    assertThat(folder.code()).isEqualTo(66);
    assertThat(folder.err())
        .contains("There is no /a/b in the container to make it in.")
        .contains("Say -p");
    assertThat(desk.unlocked("mkdir", "c.ugc", "-p", "a/b/c").code()).isZero();
  }

  @Test
  @DisplayName("PWD-04: the present passphrase is no new one")
  void theSamePassphrase() throws IOException {
    desk.withLetters();
    String[] words = {"passphrase", "c.ugc", "--passphrase-stdin", "--new-passphrase-stdin"};

    Result same = desk.pipe(Desk.PHRASE + "\n" + Desk.PHRASE + "\n", words);

    assertThat(same.code()).isEqualTo(64);
    assertThat(same.err()).contains("The new passphrase is the present one.");
    assertThat(desk.pipe(Desk.PHRASE + "\n" + Desk.OTHER + "\n", words).code()).isZero();
  }

  @Test
  @DisplayName("KEY-03: whoever removes the last recovery key is warned")
  void theLastRecoveryKey() throws IOException {
    desk.withLetters();
    desk.unlocked("key", "add", "c.ugc", "--type", "recovery", "--recovery-to-stdout");
    desk.unlocked("key", "add", "c.ugc", "--type", "recovery", "--recovery-to-stdout");

    Result first = desk.unlocked("key", "remove", "c.ugc", "--slot", "1", "--yes");
    Result last = desk.unlocked("key", "remove", "c.ugc", "--slot", "2", "--yes");

    assertThat(first.err()).doesNotContain("No recovery key opens");
    assertThat(last.code()).as(last.err()).isZero();
    assertThat(last.err()).contains("No recovery key opens c.ugc now");
  }
}
