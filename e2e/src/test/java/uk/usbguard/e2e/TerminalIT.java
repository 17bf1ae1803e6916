package uk.usbguard.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.e2e.Guard.Result;

/** What a person at a terminal sees. */
class TerminalIT {

  private static final String KEY = "([0-9A-Z]{5}-){7}[0-9A-Z]{5}";

  @TempDir private Path temp;
  private Guard guard;

  @BeforeEach
  void sitDown() throws IOException {
    guard = new Guard(temp);
  }

  @Test
  @DisplayName(
      "PWD-06 KEY-03 a new passphrase is asked twice without echo, and the recovery key is shown"
          + " once")
  void makesAContainer() throws Exception {
    guard.file("letter.txt", "letter");
    Result made =
        guard.onTerminal(
            Guard.answers("New passphrase", Guard.PHRASE, "The same again", Guard.PHRASE),
            "encrypt",
            "letter.txt",
            "--to",
            "c.ugc");
    Result read =
        guard.onTerminal(
            Guard.answers("Passphrase for c.ugc", Guard.PHRASE), "cat", "c.ugc", "letter.txt");

    assertThat(made.code()).as(made.out()).isZero();
    assertThat(made.out()).containsPattern(KEY).doesNotContain(Guard.PHRASE);
    assertThat(read.code()).isZero();
    assertThat(read.out())
        .contains("letter")
        .doesNotContainPattern(KEY)
        .doesNotContain(Guard.PHRASE);
  }

  @Test
  @DisplayName("KEY-03 the recovery key is shown to the person, not to the file behind 2>")
  void showsTheKeyBehindARedirection() throws Exception {
    guard.file("letter.txt", "letter");
    Path log = guard.folder.resolve("log");
    Result made =
        guard.onTerminalErrorsInto(
            log,
            Guard.answers("New passphrase", Guard.PHRASE, "The same again", Guard.PHRASE),
            "encrypt",
            "letter.txt",
            "--to",
            "c.ugc");

    assertThat(made.code()).as(made.out()).isZero();
    assertThat(made.out()).containsPattern(KEY);
    assertThat(log).content().doesNotContainPattern(KEY).doesNotContain("no recovery key");
  }

  @Test
  @DisplayName("PWD-06 three times two different passphrases make nothing")
  void twoDifferentPassphrasesMakeNothing() throws Exception {
    guard.file("letter.txt", "letter");
    Result result =
        guard.onTerminal(
            Guard.answers(
                "New passphrase",
                Guard.PHRASE,
                "The same again",
                Guard.OTHER,
                "New passphrase for",
                Guard.PHRASE,
                "The same again:",
                Guard.OTHER,
                "New passphrase for c.ugc",
                Guard.PHRASE,
                "same again",
                Guard.OTHER),
            "encrypt",
            "letter.txt",
            "--to",
            "c.ugc");

    assertThat(result.code()).isEqualTo(64);
    assertThat(result.out()).contains("not the same");
    assertThat(guard.has("c.ugc")).isFalse();
  }

  @Test
  @DisplayName("PWD-06 a passphrase is asked for without echo although the result goes to a file")
  void asksBehindARedirection() throws Exception {
    guard.withLetters();
    Path target = guard.folder.resolve("a.txt");
    Result result =
        guard.onTerminalInto(
            target, Guard.answers("Passphrase", Guard.PHRASE), "cat", "c.ugc", "letters/a.txt");

    assertThat(result.code()).as(result.out()).isZero();
    assertThat(result.out()).doesNotContain(Guard.PHRASE);
    assertThat(target).hasContent("one");
  }

  @Test
  void aReaderThatHasHadEnoughIsNoFailure() throws Exception {
    Files.write(guard.folder.resolve("large"), new byte[8 << 20]);
    guard.unlocked("encrypt", "large", "--to", "c.ugc", "--no-recovery-key");
    guard.file("phrase", Guard.PHRASE);
    Result result =
        guard.shell(
            "set +o pipefail; usbguard cat c.ugc large --passphrase-file phrase | head -c 1");

    assertThat(result.code()).isZero();
    assertThat(result.err()).isEmpty();
  }

  @Test
  void asksForTheNameBeforeAFolderGoes() throws Exception {
    guard.withLetters();
    Result no =
        guard.onTerminal(
            Guard.answers("Type the name c.ugc", "yes"), "rm", "-r", "c.ugc", "letters");
    Result yes =
        guard.onTerminal(
            Guard.answers("Type the name c.ugc", "c.ugc", "Passphrase", Guard.PHRASE),
            "rm",
            "-r",
            "c.ugc",
            "letters");

    assertThat(no.code()).as(no.out()).isEqualTo(1);
    assertThat(yes.code()).as(yes.out()).isZero();
    assertThat(guard.unlocked("ls", "c.ugc").out()).isEmpty();
  }

  @Test
  @DisplayName("130 Ctrl-C at the prompt ends at once")
  void interruptedPrompt() throws Exception {
    guard.withLetters();
    Result result = guard.onTerminal(Guard.answers("Passphrase", "^C"), "ls", "c.ugc");

    assertThat(result.code()).isIn(130, 128 + 2);
    assertThat(result.out()).contains("usbguard: Interrupted before anything was changed.");
  }
}
