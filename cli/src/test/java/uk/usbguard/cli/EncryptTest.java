package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
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

  private Result encrypt(String... more) {
    List<String> args = new ArrayList<>(List.of("encrypt"));
    args.addAll(List.of(more));
    args.addAll(List.of("--to", "c.ugc", "--no-recovery-key"));
    return desk.unlocked(args.toArray(String[]::new));
  }

  private List<String> stored() {
    return desk.unlocked("ls", "-R", "c.ugc").out().lines().toList();
  }

  @Test
  @DisplayName("ENC-02: a container that was never finished is made anew, and said to hold nothing")
  void beginsAnew() throws IOException {
    desk.file("letter", "Dear Dr Example");
    Files.write(desk.folder.resolve("c.ugc"), new byte[1_310_720]);
    Result opened = desk.unlocked("ls", "c.ugc");
    assertThat(opened.code()).isEqualTo(65);
    assertThat(opened.err()).contains("c.ugc holds nothing").contains("makes it anew");

    Result stored = encrypt("letter");

    assertThat(stored.code()).as(stored.err()).isZero();
    assertThat(stored.err()).contains("It is made anew.");
    assertThat(stored()).containsExactly("/letter");
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

    Result stored = encrypt("ward");
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
    assertThat(encrypt("sizes").code()).isZero();
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
    assertThat(stored()).contains("/more.txt", "/letters/a.txt");
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
  void neitherFollowsNorOpensWhatIsNoFile() throws Exception {
    desk.file("outside.txt", "secret of somebody else");
    desk.file("src/real.txt", "real");
    Files.createSymbolicLink(desk.folder.resolve("src/link"), Path.of("../outside.txt"));
    Files.createSymbolicLink(desk.folder.resolve("src/loop"), Path.of("."));
    Process fifo = new ProcessBuilder("mkfifo", desk.folder.resolve("src/pipe").toString()).start();
    assumeTrue(fifo.waitFor() == 0);

    Result stored = encrypt("src");
    Result strict = desk.unlocked("encrypt", "src", "--to", "c.ugc", "--strict");

    assertThat(stored.code()).isZero();
    assertThat(stored.out())
        .contains("src/link is a symbolic link")
        .contains("src/loop is a symbolic link")
        .contains("src/pipe is a pipe")
        .contains("3 entries left out");
    assertThat(stored()).containsExactly("/src/", "/src/real.txt");
    assertThat(strict.code()).isEqualTo(74);
    assertThat(strict.err()).contains("Left out: 3");
  }

  @Test
  void aLinkThatIsNamedOnPurposeIsFollowed() throws IOException {
    desk.file("real/a.txt", "a");
    Files.createSymbolicLink(desk.folder.resolve("link"), Path.of("real"));

    assertThat(encrypt("link").code()).isZero();
    assertThat(stored()).containsExactly("/link/", "/link/a.txt");
  }

  @Test
  void namesThatDifferInCaseOnlyAreBothKept() throws IOException {
    desk.file("src/letter.TXT", "upper");
    desk.file("src/letter.txt", "lower");
    desk.file("src/Letter.txt", "title");
    desk.file("src/a/x", "1");
    desk.file("src/A/x", "2");
    assumeTrue(Files.list(desk.folder.resolve("src")).count() == 5);

    Result first = encrypt("src");
    Result again = desk.unlocked("encrypt", "src", "--to", "c.ugc", "--json");

    assertThat(first.code()).isZero();
    assertThat(first.out()).contains("(2)").contains("(3)");
    assertThat(stored()).hasSize(8).anyMatch(s -> s.contains("(2)/x"));
    assertThat(again.out()).contains("\"unchanged\":5").contains("\"files\":0");
  }

  @Test
  void namesThatDifferInNormalisationOnlyAreBothKept() throws IOException {
    desk.file("src/caf\u00e9", "composed");
    desk.file("src/cafe\u0301", "decomposed");
    assumeTrue(Files.list(desk.folder.resolve("src")).count() == 2);

    assertThat(encrypt("src").code()).isZero();
    assertThat(stored()).hasSize(3).anyMatch(name -> name.endsWith(" (2)"));
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

    Result stored = encrypt("src");

    assertThat(stored.code()).as(stored.err()).isZero();
    assertThat(stored.out()).contains("not valid Unicode");
    assertThat(stored()).contains("/src/caf%E9-\u00e9.txt");
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
  void aSourceGivenTwiceIsStoredOnce() throws IOException {
    desk.file("src/a.txt", "a");
    Result stored = encrypt("src", "./src", "src/../src");

    assertThat(stored.code()).isZero();
    assertThat(stored.out()).contains("given twice").contains("1 file and 1 folder");
  }

  @Test
  void twoSourcesOfOneNameAreBothKept() throws IOException {
    desk.file("x/letter.txt", "x");
    desk.file("y/letter.txt", "y");

    assertThat(encrypt("x/letter.txt", "y/letter.txt").code()).isZero();
    assertThat(stored()).containsExactly("/letter (2).txt", "/letter.txt");
  }

  @Test
  void aMissingSourceIsFoundBeforeAnythingIsMade() throws IOException {
    desk.file("a.txt", "a");
    Result result = encrypt("a.txt", "missing.txt");

    assertThat(result.code()).isEqualTo(66);
    assertThat(result.err()).contains("missing.txt");
    assertThat(desk.has("c.ugc")).isFalse();
  }

  @Test
  void aMissingFolderForTheContainerIsNotMade() throws IOException {
    desk.file("a.txt", "a");
    Result result = desk.unlocked("encrypt", "a.txt", "--to", "no/where/c.ugc");

    assertThat(result.code()).isEqualTo(73);
    assertThat(desk.has("no")).isFalse();
  }

  @Test
  void aNameAsLongAsTheDiskAllowsComesBack() throws IOException {
    String name = "\u00e9".repeat(127) + "x";
    desk.file("src/" + name, "long");

    assertThat(encrypt("src").code()).isZero();
    assertThat(desk.unlocked("decrypt", "c.ugc", "--to", "out").code()).isZero();
    assertThat(desk.text("out/src/" + name)).isEqualTo("long");
  }

  @Test
  void aFolderOfManyNamesIsStoredWhole() throws IOException {
    Path many = Files.createDirectories(desk.folder.resolve("many"));
    for (int i = 0; i < 3000; i++) {
      Files.writeString(many.resolve("letter " + i + ".txt"), "number " + i);
    }
    assertThat(encrypt("many").out()).contains("3,000 files");
    assertThat(desk.unlocked("cat", "c.ugc", "many/letter 2999.txt").out())
        .isEqualTo("number 2999");
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
    assertThat(encrypt("a.txt", "--profile", "fips").code()).isEqualTo(76);
    assertThat(encrypt("a.txt", "--profile", "des").code()).isEqualTo(64);
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
      assertThat(made.err()).contains("no recovery key is made");
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

  @Nested
  class WithRemoval {

    @Test
    @DisplayName("--remove-source removes each file after it was read back, and empty folders")
    void removesWhatIsSafelyStored() throws IOException {
      desk.file("src/a.txt", "a");
      desk.file("src/sub/b.txt", "b");
      Files.createSymbolicLink(desk.folder.resolve("src/link"), Path.of("a.txt"));

      Result stored = encrypt("src", "--remove-source");

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
