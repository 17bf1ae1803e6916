package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.cli.Desk.Result;
import uk.usbguard.cli.console.ScriptedTerminal;
import uk.usbguard.core.container.ContainerEnvironment;
import uk.usbguard.core.container.Containers;
import uk.usbguard.core.container.CreateOptions;
import uk.usbguard.core.container.GenerationMemory;
import uk.usbguard.core.container.NewContainer;
import uk.usbguard.core.container.PassphraseCost;
import uk.usbguard.core.secret.Passphrase;

class EncryptTest {

  @TempDir private Path temp;
  private Desk desk;

  @BeforeEach
  void sitDown() throws IOException {
    desk = new Desk(temp);
  }

  @Test
  @DisplayName("ENC-02: a container that was never finished is made anew, and said to hold nothing")
  void beginsAnew() throws IOException {
    desk.file("letter", "Dear Dr Example");
    Files.write(desk.folder.resolve("c.ugc"), new byte[1_310_720]);
    Result opened = desk.unlocked("ls", "c.ugc");
    assertThat(opened.code()).isEqualTo(65);
    assertThat(opened.err()).contains("c.ugc holds nothing").contains("makes it anew");

    Result stored = desk.encrypt("letter");

    assertThat(stored.code()).as(stored.err()).isZero();
    assertThat(stored.err()).contains("It is made anew.");
    assertThat(desk.stored()).containsExactly("/letter");
  }

  @Test
  @DisplayName("KEY-02: a container that was made but never filled may have a key that nobody saw")
  void saysThatItWasNeverFilled() throws Exception {
    desk.file("letter", "Dear Dr Example");
    CreateOptions options =
        CreateOptions.defaults().withCost(new PassphraseCost(19_456, 2, 1)).withRecoveryKey(true);
    ContainerEnvironment environment =
        ContainerEnvironment.of(Clock.systemUTC(), new SecureRandom(), GenerationMemory.none());
    try (Passphrase passphrase = Passphrase.of(Desk.PHRASE.toCharArray());
        NewContainer made =
            Containers.create(desk.folder.resolve("c.ugc"), options, passphrase, environment)) {
      assertThat(made.recoveryKey()).isPresent();
    }

    Result first = desk.unlocked("put", "c.ugc", "letter");
    Result second = desk.unlocked("rm", "c.ugc", "letter", "--yes");

    assertThat(first.err()).contains("usbguard key add c.ugc --type recovery");
    assertThat(second.err()).doesNotContain("never filled");
  }

  @Test
  @DisplayName("PWD-02: the name of the container is no passphrase for it")
  void refusesTheNameOfTheContainer() throws IOException {
    desk.file("letter", "Dear Dr Example");
    Result made =
        desk.pipe(
            "respiratory-outpatients-2026\n",
            "encrypt",
            "letter",
            "--to",
            "respiratory-outpatients.ugc",
            "--no-recovery-key",
            "--passphrase-stdin");

    assertThat(made.code()).as(made.err()).isEqualTo(80);
    assertThat(desk.has("respiratory-outpatients.ugc")).isFalse();
  }

  @Test
  @DisplayName("A tree comes back as it was: content, times, empty folders, attributes")
  void keepsTrees() throws IOException {
    Path run = desk.file("ward/run.sh", "#!/bin/sh\n");
    Path fixed = desk.file("ward/sub/fixed.txt", "read only");
    Files.createDirectories(desk.folder.resolve("ward/empty"));
    FileTime then = FileTime.from(Instant.parse("2020-02-03T04:05:06.123456789Z"));
    assertThat(run.toFile().setExecutable(true)).isTrue();
    assertThat(fixed.toFile().setWritable(false)).isTrue();
    Files.setLastModifiedTime(run, then);
    Files.setLastModifiedTime(desk.folder.resolve("ward/empty"), then);
    Files.setLastModifiedTime(desk.folder.resolve("ward"), then);

    Result stored = desk.encrypt("ward");
    Result taken = desk.unlocked("decrypt", "c.ugc", "--to", "out");

    assertThat(stored.code()).as(stored.err()).isZero();
    assertThat(stored.out()).contains("2 files and 3 folders");
    assertThat(taken.code()).as(taken.err()).isZero();
    assertThat(desk.text("out/ward/run.sh")).isEqualTo("#!/bin/sh\n");
    assertThat(desk.folder.resolve("out/ward/run.sh")).isExecutable();
    assertThat(desk.folder.resolve("out/ward/sub/fixed.txt").toFile().getTotalSpace()).isPositive();
    assertThat(Files.getPosixFilePermissions(desk.folder.resolve("out/ward/sub/fixed.txt")))
        .noneMatch(p -> p.name().endsWith("WRITE"));
    for (String name : List.of("out/ward/run.sh", "out/ward/empty", "out/ward")) {
      assertThat(Files.getLastModifiedTime(desk.folder.resolve(name))).as(name).isEqualTo(then);
    }
  }

  @Test
  void storesFilesOfEverySizeAroundTheBorders() throws IOException {
    int[] sizes = {
      0, 1, 256, 257, 65_535, 65_536, 65_537, 131_072, 1 << 20, (1 << 20) + 1, 3 << 20
    };
    for (int size : sizes) {
      byte[] content = new byte[size];
      new SplittableRandom(size).nextBytes(content);
      Files.createDirectories(desk.folder.resolve("sizes"));
      Files.write(desk.folder.resolve("sizes/" + size), content);
    }
    assertThat(desk.encrypt("sizes").code()).isZero();
    assertThat(desk.unlocked("decrypt", "c.ugc", "--to", "out").code()).isZero();
    for (int size : sizes) {
      assertThat(desk.folder.resolve("out/sizes/" + size))
          .hasSameBinaryContentAs(desk.folder.resolve("sizes/" + size));
    }
  }

  @Test
  void addsToAContainerThatIsThere() throws IOException {
    desk.withLetters();
    desk.file("more.txt", "three");

    Result added = desk.unlocked("encrypt", "more.txt", "--to", "c.ugc");

    assertThat(added.code()).as(added.err()).isZero();
    assertThat(added.out()).contains("Stored in").contains("1 file");
    assertThat(desk.stored()).contains("/more.txt", "/letters/a.txt");
  }

  @Test
  void aSecondRunStoresNothingAgain() throws IOException {
    desk.withLetters();
    Result again = desk.unlocked("encrypt", "letters", "--to", "c.ugc", "--json");

    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.out()).contains("\"files\":0").contains("\"unchanged\":2");
  }

  @Test
  void leavesAChangedFileAloneUntilReplacingIsAskedFor() throws IOException {
    desk.withLetters();
    desk.file("letters/a.txt", "changed");

    Result refused = desk.unlocked("encrypt", "letters", "--to", "c.ugc");
    String kept = desk.unlocked("cat", "c.ugc", "letters/a.txt").out();
    Result replaced = desk.unlocked("encrypt", "letters", "--to", "c.ugc", "--overwrite");

    assertThat(refused.code()).isEqualTo(73);
    assertThat(refused.out()).contains("/letters/a.txt is there already");
    assertThat(kept).isEqualTo("one");
    assertThat(replaced.code()).isZero();
    assertThat(desk.unlocked("cat", "c.ugc", "letters/a.txt").out()).isEqualTo("changed");
  }

  @Test
  void aMissingFolderForTheContainerIsNotMade() throws IOException {
    desk.file("a.txt", "a");
    Result result = desk.unlocked("encrypt", "a.txt", "--to", "no/where/c.ugc");

    assertThat(result.code()).isEqualTo(73);
    assertThat(desk.has("no")).isFalse();
  }

  @Test
  @DisplayName("PWD-01 PWD-02 a new passphrase is held against the rules before anything is made")
  void holdsTheRules() throws IOException {
    desk.file("a.txt", "a");
    for (String weak : List.of("short", "passwordpassword", "aaaaaaaaaaaaaaaaaaaa")) {
      Result result =
          desk.pipe(weak + "\n", "encrypt", "a.txt", "--to", "c.ugc", "--passphrase-stdin");
      assertThat(result.code()).as(weak).isEqualTo(80);
      assertThat(result.err()).doesNotContain(weak + "\n");
      assertThat(desk.has("c.ugc")).isFalse();
    }
  }

  @Test
  void refusesTheProfileThatThisReleaseHasNot() throws IOException {
    desk.file("a.txt", "a");
    assertThat(desk.encrypt("a.txt", "--profile", "fips").code()).isEqualTo(76);
    assertThat(desk.encrypt("a.txt", "--profile", "des").code()).isEqualTo(64);
    assertThat(desk.has("c.ugc")).isFalse();
  }

  @Test
  @DisplayName("PWD-01 whoever types a passphrase that is refused is told why and asked again")
  void aRefusedPassphraseIsAskedForAgain() throws IOException {
    desk.file("a.txt", "a");
    ScriptedTerminal person =
        ScriptedTerminal.answering("short", Desk.PHRASE, Desk.OTHER, Desk.PHRASE, Desk.PHRASE);
    Result made = desk.with(person, "encrypt", "a.txt", "--to", "c.ugc");

    assertThat(made.code()).as(made.err()).isZero();
    assertThat(made.err())
        .contains("This passphrase has 5 characters; it needs at least 15. Make it longer")
        .contains("The two are not the same. Once more.");
    assertThat(desk.unlocked("ls", "c.ugc").out()).contains("a.txt");
  }

  @Test
  @DisplayName("PWD-01 after three refused passphrases nothing is made")
  void notForEver() throws IOException {
    desk.file("a.txt", "a");
    ScriptedTerminal person =
        ScriptedTerminal.answering("short", "short", "short", Desk.PHRASE, Desk.PHRASE);

    assertThat(desk.with(person, "encrypt", "a.txt", "--to", "c.ugc").code()).isEqualTo(80);
    assertThat(person.prompts()).hasSize(3);
    assertThat(desk.has("c.ugc")).isFalse();
  }

  @Nested
  class RecoveryKey {

    @Test
    @DisplayName("KEY-03 a new container's recovery key is shown once on the terminal")
    void onTheTerminal() throws IOException {
      desk.file("a.txt", "a");
      Result made =
          desk.with(
              ScriptedTerminal.answering(Desk.PHRASE, Desk.PHRASE),
              "encrypt",
              "a.txt",
              "--to",
              "c.ugc");
      Result added =
          desk.with(ScriptedTerminal.answering(Desk.PHRASE), "encrypt", "a.txt", "--to", "c.ugc");

      assertThat(made.err()).containsPattern("([0-9A-Z]{5}-){7}[0-9A-Z]{5}");
      assertThat(made.out()).doesNotContainPattern("([0-9A-Z]{5}-){7}");
      assertThat(added.err()).doesNotContain("recovery key");
    }

    @Test
    void onStandardOutputForScripts() throws IOException {
      desk.file("a.txt", "a");
      Result made =
          desk.unlocked("encrypt", "a.txt", "--to", "c.ugc", "--recovery-to-stdout", "--json");

      assertThat(made.out()).containsPattern("\"recoveryKey\":\"([0-9A-Z]{5}-){7}[0-9A-Z]{5}\"");
      assertThat(made.out().lines()).hasSize(1);
    }

    @Test
    void isNotMadeWhereNobodyWouldSeeIt() throws IOException {
      desk.file("a.txt", "a");
      Result made = desk.unlocked("encrypt", "a.txt", "--to", "c.ugc");

      assertThat(made.code()).isZero();
      assertThat(made.err()).contains("No recovery key is made");
      assertThat(desk.run("info", "c.ugc").out()).doesNotContain("recovery key,");
    }

    @Test
    void onASheetThatIsNeverOverwritten() throws IOException {
      desk.file("a.txt", "a");
      desk.file("there.pdf", "mine");

      Result refused =
          desk.unlocked("encrypt", "a.txt", "--to", "c.ugc", "--recovery-sheet", "there.pdf");
      boolean made = desk.has("c.ugc");
      Result printed =
          desk.unlocked("encrypt", "a.txt", "--to", "c.ugc", "--recovery-sheet", "sheet.pdf");

      assertThat(refused.code()).isEqualTo(73);
      assertThat(made).isFalse();
      assertThat(desk.text("there.pdf")).isEqualTo("mine");
      assertThat(printed.code()).as(printed.err()).isZero();
      assertThat(printed.err()).contains("beside the container");
      assertThat(Files.readAllBytes(desk.folder.resolve("sheet.pdf")))
          .startsWith("%PDF".getBytes(StandardCharsets.US_ASCII));
      assertThat(Files.getPosixFilePermissions(desk.folder.resolve("sheet.pdf")))
          .as("only who made it may read it")
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }
}
