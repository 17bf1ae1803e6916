package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.cli.Desk.Result;
import uk.usbguard.cli.console.ScriptedTerminal;

/** passphrase, key, recover. */
class KeysTest {

  private static final Pattern KEY = Pattern.compile("([0-9A-Z]{5}-){7}[0-9A-Z]{5}");

  @TempDir private Path temp;
  private Desk desk;

  @BeforeEach
  void sitDown() throws IOException {
    desk = new Desk(temp).withLetters();
  }

  private String addRecoveryKey() {
    Result added =
        desk.unlocked("key", "add", "c.ugc", "--type", "recovery", "--recovery-to-stdout");
    assertThat(added.code()).as(added.err()).isZero();
    var found = KEY.matcher(added.out());
    assertThat(found.find()).isTrue();
    return found.group();
  }

  private int opens(String phrase) {
    return desk.pipe(phrase + "\n", "ls", "c.ugc", "--passphrase-stdin").code();
  }

  @Test
  @DisplayName("KEY-01 the passphrase changes and the old one no longer opens")
  void changesThePassphrase() {
    Result changed =
        desk.pipe(
            Desk.PHRASE + "\n" + Desk.OTHER + "\n",
            "passphrase",
            "c.ugc",
            "--passphrase-stdin",
            "--new-passphrase-stdin");

    assertThat(changed.code()).as(changed.err()).isZero();
    assertThat(opens(Desk.OTHER)).isZero();
    assertThat(opens(Desk.PHRASE)).isEqualTo(77);
  }

  @Test
  void asksTwiceForANewPassphrase() {
    ScriptedTerminal same = ScriptedTerminal.answering(Desk.PHRASE, Desk.OTHER, Desk.OTHER);
    ScriptedTerminal different = ScriptedTerminal.answering(Desk.OTHER, Desk.PHRASE, Desk.OTHER);

    assertThat(desk.with(same, "passphrase", "c.ugc").code()).isZero();
    assertThat(same.prompts()).hasSize(3);
    Result refused = desk.with(different, "passphrase", "c.ugc");
    assertThat(refused.code()).isEqualTo(64);
    assertThat(refused.err()).contains("not the same");
    assertThat(opens(Desk.OTHER)).isZero();
  }

  @Test
  void aWeakNewPassphraseChangesNothing() {
    Result refused =
        desk.pipe(
            Desk.PHRASE + "\nshort\n",
            "passphrase",
            "c.ugc",
            "--passphrase-stdin",
            "--new-passphrase-stdin");

    assertThat(refused.code()).isEqualTo(80);
    assertThat(opens(Desk.PHRASE)).isZero();
  }

  @Test
  void whoGivesOnlyThePresentPassphraseIsToldHowToGiveTheNewOne() {
    Result refused =
        desk.pipe(Desk.PHRASE + "\n" + Desk.OTHER, "passphrase", "c.ugc", "--passphrase-stdin");

    assertThat(refused.code()).isEqualTo(64);
    assertThat(refused.err()).contains("--new-passphrase-stdin or --new-passphrase-file");
    assertThat(desk.run("recover", "c.ugc").err()).contains("--recovery-key-stdin");
    assertThat(opens(Desk.PHRASE)).isZero();
  }

  @Test
  void passphrasesCanComeFromFiles() throws IOException {
    desk.file("old", Desk.PHRASE + "\r\nsecond line\n");
    desk.file("new", Desk.OTHER);
    Result changed =
        desk.run(
            "passphrase", "c.ugc",
            "--passphrase-file", desk.folder.resolve("old").toString(),
            "--new-passphrase-file", desk.folder.resolve("new").toString());

    assertThat(changed.code()).as(changed.err()).isZero();
    assertThat(opens(Desk.OTHER)).isZero();
  }

  @Test
  @DisplayName("PWD-04 the generator gives six words, and what it gives is accepted")
  void generates() throws IOException {
    String phrase = desk.run("passphrase", "generate").out().strip();
    desk.file("x.txt", "x");

    assertThat(phrase.split("-")).hasSizeGreaterThanOrEqualTo(6);
    assertThat(desk.run("passphrase", "generate", "--words", "8").out().split("-"))
        .hasSizeGreaterThanOrEqualTo(8);
    assertThat(desk.run("passphrase", "generate", "--words", "4").code()).isEqualTo(64);
    assertThat(desk.run("passphrase", "generate", "--json").out())
        .contains("\"type\":\"passphrase-generate\"", "\"words\":6", "\"bits\":77");
    assertThat(
            desk.pipe(phrase + "\n", "encrypt", "x.txt", "--to", "x.ugc", "--passphrase-stdin")
                .code())
        .isZero();
  }

  @Test
  void severalPassphrasesOpenOneContainer() {
    Result added =
        desk.pipe(
            Desk.PHRASE + "\n" + Desk.OTHER + "\n",
            "key",
            "add",
            "c.ugc",
            "--passphrase-stdin",
            "--new-passphrase-stdin",
            "--json");

    assertThat(added.code()).as(added.err()).isZero();
    assertThat(added.out()).contains("\"slotType\":\"passphrase\"", "\"slot\":1");
    assertThat(opens(Desk.PHRASE)).isZero();
    assertThat(opens(Desk.OTHER)).isZero();
    assertThat(desk.unlocked("key", "list", "c.ugc").out().lines()).hasSize(2);
  }

  @Test
  void aRemovedKeyNoLongerOpens() {
    desk.pipe(
        Desk.PHRASE + "\n" + Desk.OTHER + "\n",
        "key",
        "add",
        "c.ugc",
        "--passphrase-stdin",
        "--new-passphrase-stdin");

    assertThat(desk.unlocked("key", "remove", "c.ugc", "--slot", "1").code()).isEqualTo(64);
    assertThat(desk.unlocked("key", "remove", "c.ugc", "--slot", "9", "--yes").code())
        .isEqualTo(66);
    assertThat(desk.unlocked("key", "remove", "c.ugc", "--slot", "1", "--yes").code()).isZero();
    assertThat(opens(Desk.OTHER)).isEqualTo(77);
    assertThat(desk.unlocked("key", "remove", "c.ugc", "--slot", "0", "--yes").code())
        .isEqualTo(80);
    assertThat(opens(Desk.PHRASE)).isZero();
  }

  @Test
  void kindsThatThisReleaseHasNotAreRefused() {
    assertThat(desk.unlocked("key", "add", "c.ugc", "--type", "organisation").code()).isEqualTo(76);
    assertThat(desk.unlocked("key", "add", "c.ugc", "--type", "recipient").code()).isEqualTo(76);
    assertThat(desk.unlocked("key", "add", "c.ugc", "--type", "tin-opener").code()).isEqualTo(64);
    assertThat(desk.unlocked("key", "add", "c.ugc", "--type", "recovery").code()).isEqualTo(64);
    assertThat(desk.run("key").code()).isEqualTo(64);
  }

  @Test
  @DisplayName(
      "KEY-03 KEY-04 the recovery key opens and sets a new passphrase; the data is the same")
  void recovers() {
    String key = addRecoveryKey();
    Result recovered =
        desk.pipe(
            key.toLowerCase(Locale.ROOT).replace("-", " ") + "\n" + Desk.OTHER + "\n",
            "recover",
            "c.ugc",
            "--recovery-key-stdin",
            "--new-passphrase-stdin",
            "--json");

    assertThat(recovered.code()).as(recovered.err()).isZero();
    assertThat(recovered.out()).contains("\"otherPassphrases\":0");
    assertThat(opens(Desk.PHRASE)).isEqualTo(77);
    assertThat(
            desk.pipe(Desk.OTHER + "\n", "cat", "c.ugc", "letters/a.txt", "--passphrase-stdin")
                .out())
        .isEqualTo("one");
  }

  @Test
  void recoveryKeepsTheOtherPassphrases() {
    String key = addRecoveryKey();
    desk.pipe(
        Desk.PHRASE + "\n" + Desk.OTHER + "\n",
        "key",
        "add",
        "c.ugc",
        "--passphrase-stdin",
        "--new-passphrase-stdin");
    String third = "copper-thimble-walnut-drizzle-fern";

    Result recovered =
        desk.pipe(
            key + "\n" + third + "\n",
            "recover",
            "c.ugc",
            "--recovery-key-stdin",
            "--new-passphrase-stdin");

    assertThat(recovered.code()).as(recovered.err()).isZero();
    assertThat(recovered.out()).contains("Other passphrases (2)");
    assertThat(opens(Desk.PHRASE)).isZero();
    assertThat(opens(third)).isZero();
  }

  @Test
  void namesTheGroupThatIsMistyped() {
    String key = addRecoveryKey();
    char wrong = key.charAt(12) == 'A' ? 'B' : 'A';
    String mistyped = key.substring(0, 12) + wrong + key.substring(13);

    Result result =
        desk.pipe(
            mistyped + "\n" + Desk.OTHER + "\n",
            "recover",
            "c.ugc",
            "--recovery-key-stdin",
            "--new-passphrase-stdin");
    Result tooShort =
        desk.pipe("ABC\n", "recover", "c.ugc", "--recovery-key-stdin", "--new-passphrase-stdin");

    assertThat(result.code()).isEqualTo(64);
    assertThat(result.err()).contains("group 3");
    assertThat(tooShort.code()).isEqualTo(64);
  }

  @Test
  void aRecoveryKeyOfAnotherContainerDoesNotOpen() throws IOException {
    addRecoveryKey();
    desk.file("x.txt", "x");
    String other = desk.unlocked("encrypt", "x.txt", "--to", "x.ugc", "--recovery-to-stdout").out();
    var found = KEY.matcher(other);
    assertThat(found.find()).isTrue();

    Result result =
        desk.pipe(
            found.group() + "\n" + Desk.OTHER + "\n",
            "recover",
            "c.ugc",
            "--recovery-key-stdin",
            "--new-passphrase-stdin",
            "--json");

    assertThat(result.code()).isEqualTo(77);
    assertThat(result.err()).contains("\"id\":\"wrong-recovery-key\"");
  }

  @Test
  void theRecoveryKeyReadsToo() {
    String key = addRecoveryKey();

    assertThat(desk.pipe(key + "\n", "cat", "c.ugc", "letters/b.txt", "--recovery-key-stdin").out())
        .isEqualTo("two");
    assertThat(desk.pipe(key + "\n", "passphrase", "c.ugc", "--recovery-key-stdin").code())
        .isEqualTo(64);
  }
}
