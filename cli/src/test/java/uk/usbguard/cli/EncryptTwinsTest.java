package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.cli.Desk.Result;

/** Names that differ in case only, stored once more. */
class EncryptTwinsTest {

  @TempDir private Path temp;
  private Desk desk;

  @BeforeEach
  void sitDown() throws IOException {
    desk = new Desk(temp);
    desk.file("case/probe", "");
    desk.file("case/PROBE", "");
    try (Stream<Path> names = Files.list(desk.folder.resolve("case"))) {
      assumeTrue(names.count() == 2, "names that differ in case only are one here");
    }
  }

  private Result put(String... sources) {
    String[] args =
        Stream.concat(Stream.of("put", "c.ugc"), Stream.of(sources)).toArray(String[]::new);
    return desk.unlocked(args);
  }

  private String content(String name) {
    return desk.unlocked("cat", "c.ugc", name).out();
  }

  @Test
  @DisplayName("A file that was stored under another name replaces that one when it has changed")
  void replacesTheTwinThatWasStoredForIt() throws IOException {
    desk.file("x/letter.txt", "lower");
    desk.file("y/LETTER.txt", "first");
    desk.encrypt("x/letter.txt");
    put("y/LETTER.txt");

    for (String words : new String[] {"second", "third"}) {
      desk.file("y/LETTER.txt", words);
      Result again = put("y/LETTER.txt", "--overwrite");
      assertThat(again.code()).as(again.err()).isZero();
      assertThat(again.out()).contains("LETTER (2).txt");
      assertThat(content("LETTER (2).txt")).isEqualTo(words);
    }

    assertThat(desk.stored()).containsExactly("/LETTER (2).txt", "/letter.txt");
    assertThat(content("letter.txt")).isEqualTo("lower");
  }

  @Test
  @DisplayName("A folder that got a number is not shared with one that really has that name")
  void twinFolders() throws IOException {
    desk.file("h/docs/a.txt", "one");
    desk.file("h/Docs/a.txt", "two");
    desk.file("h/docs (2)/a.txt", "three");

    assertThat(desk.encrypt("h", "--overwrite").code()).isZero();

    List<String> files = desk.stored().stream().filter(name -> name.endsWith("a.txt")).toList();
    assertThat(files).hasSize(3);
    assertThat(files.stream().map(this::content)).containsExactlyInAnyOrder("one", "two", "three");

    assertThat(put("h", "--overwrite").code()).isZero();
    assertThat(desk.stored().stream().filter(name -> name.endsWith("a.txt"))).hasSize(3);
  }

  @Test
  @DisplayName("Without --overwrite a twin that has changed is left out, as any other file is")
  void leavesAChangedTwinOut() throws IOException {
    desk.file("src/LETTER.txt", "upper");
    desk.file("src/letter.txt", "lower");
    desk.encrypt("src");
    desk.file("src/letter.txt", "changed");

    Result again = put("src");

    assertThat(again.code()).isEqualTo(73);
    assertThat(again.out()).contains("/src/letter (2).txt is there already");
    assertThat(desk.stored()).containsExactly("/src/", "/src/letter (2).txt", "/src/LETTER.txt");
  }

  @Test
  @DisplayName("Both of two twins in one folder are updated in place")
  void updatesBothTwins() throws IOException {
    desk.file("src/LETTER.txt", "upper");
    desk.file("src/letter.txt", "lower");
    desk.encrypt("src");
    desk.file("src/LETTER.txt", "UPPER 2");
    desk.file("src/letter.txt", "lower 2");

    Result again = put("src", "--overwrite");

    assertThat(again.code()).as(again.err()).isZero();
    assertThat(desk.stored()).hasSize(3);
    assertThat(content("src/LETTER.txt")).isEqualTo("UPPER 2");
    assertThat(content("src/letter (2).txt")).isEqualTo("lower 2");
  }

  @Test
  @DisplayName("A twin that is new leaves the name to the file that has had it")
  void aNewTwinDoesNotMoveTheOld() throws IOException {
    desk.file("src/letter.txt", "lower");
    desk.encrypt("src");
    for (int run = 2; run < 4; run++) {
      desk.file("src/LETTER.txt", "upper " + run);
      desk.file("src/letter.txt", "lower " + run);

      Result again = put("src", "--overwrite");

      assertThat(again.code()).as(again.err()).isZero();
      assertThat(desk.stored()).containsExactly("/src/", "/src/LETTER (2).txt", "/src/letter.txt");
      assertThat(content("src/letter.txt")).isEqualTo("lower " + run);
      assertThat(content("src/LETTER (2).txt")).isEqualTo("upper " + run);
    }
  }

  @Test
  @DisplayName("A file that really is called so is not replaced by another's twin of the same run")
  void sparesAFileThatReallyHasTheName() throws IOException {
    desk.file("src/LETTER.txt", "upper");
    desk.file("src/letter (2).txt", "two");
    desk.file("src/letter.txt", "lower");
    desk.encrypt("src");
    desk.file("src/letter (2).txt", "two 2");
    desk.file("src/letter.txt", "lower 2");

    Result again = put("src", "--overwrite");

    assertThat(again.code()).as(again.err()).isZero();
    assertThat(content("src/letter (2).txt")).isEqualTo("two 2");
    assertThat(content("src/letter (3).txt")).isEqualTo("lower 2");
    assertThat(desk.stored()).hasSize(4);
  }

  @Test
  @DisplayName("Of two sources with one name each replaces what was stored for it")
  void updatesTwoSourcesOfOneName() throws IOException {
    desk.file("x/letter.txt", "x");
    desk.file("y/letter.txt", "y");
    desk.encrypt("x/letter.txt", "y/letter.txt");
    desk.file("x/letter.txt", "x 2");
    desk.file("y/letter.txt", "y 2");

    Result again = put("x/letter.txt", "y/letter.txt", "--overwrite");

    assertThat(again.code()).as(again.err()).isZero();
    assertThat(desk.stored()).containsExactly("/letter (2).txt", "/letter.txt");
    assertThat(content("letter.txt")).isEqualTo("x 2");
    assertThat(content("letter (2).txt")).isEqualTo("y 2");
  }

  @Test
  @DisplayName("What one twin is the same as is not replaced by the other")
  void doesNotReplaceWhatAnotherWasFoundTheSameAs() throws IOException {
    desk.file("src/letter.txt", "same");
    desk.encrypt("src");
    desk.file("src/LETTER.txt", "same");
    desk.file("src/letter.txt", "changed");

    Result again = put("src", "--overwrite");

    assertThat(again.code()).as(again.err()).isZero();
    assertThat(content("src/letter.txt")).isEqualTo("same");
    assertThat(content("src/letter (2).txt")).isEqualTo("changed");
  }
}
