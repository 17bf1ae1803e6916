package uk.usbguard.cli.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetNamesTest {

  private final TargetNames windows = new TargetNames(true);
  private final TargetNames unix = new TargetNames(false);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "letter.txt|letter.txt",
        "CON|CON_",
        "con.txt|con_.txt",
        "nul.tar.gz|nul_.tar.gz",
        "COM1|COM1_",
        "com0.x|com0_.x",
        "LPT9.doc|LPT9_.doc",
        "COM\u00b2|COM\u00b2_",
        "COM10|COM10",
        "CONSOLE|CONSOLE",
        "aux .txt|aux _.txt",
        "ends.|ends_",
        "ends. .|ends___",
        "a<b>c:d\"e|a_b_c_d_e",
        "q?*\\|q___",
        ".hidden|.hidden",
      })
  void mapsWhatWindowsForbids(String name, String mapped) {
    assertThat(windows.map(name)).isEqualTo(mapped);
    assertThat(unix.map(name)).isEqualTo(name);
  }

  @Test
  void mapsControlCharactersAndThePipe() {
    assertThat(windows.map("a\u0001b|c\u007f")).isEqualTo("a_b_c_");
  }

  @Test
  void shortensToWhatFileSystemsTakeAndKeepsTheExtension() {
    String shorter = unix.map("\u00e9".repeat(300) + ".docx");

    assertThat(shorter).endsWith(".docx").startsWith("\u00e9\u00e9");
    assertThat(shorter.getBytes(StandardCharsets.UTF_8).length).isBetween(240, 255);
    assertThat(unix.map("x".repeat(255))).hasSize(255);
    assertThat(unix.map("x".repeat(256)).length()).isLessThan(255);
  }

  @Test
  void hasAPlainNameForEveryName() {
    assertThat(TargetNames.mapPlainly("caf\u00e9:\ud83d\ude00.txt")).isEqualTo("caf____.txt");
  }

  @Test
  void knowsNamesThatLeadElsewhere() {
    assertThat(TargetNames.isHarmless("a")).isTrue();
    for (String name : new String[] {"", ".", "..", "a/b", "/", "a\0b"}) {
      assertThat(TargetNames.isHarmless(name)).as(name).isFalse();
    }
  }

  @Test
  void numbersTwinsBeforeTheExtension() {
    assertThat(Twins.name("a.txt", 1)).isEqualTo("a.txt");
    assertThat(Twins.name("a.txt", 2)).isEqualTo("a (2).txt");
    assertThat(Twins.name("a.tar.gz", 3)).isEqualTo("a.tar (3).gz");
    assertThat(Twins.name(".profile", 2)).isEqualTo(".profile (2)");
    assertThat(Twins.name("folder", 10)).isEqualTo("folder (10)");
  }

  @Test
  void knowsANumberedNameByItsLook() {
    assertThat(List.of("a (2).txt", "a.tar (3).gz", ".profile (2)", "folder (10)"))
        .allMatch(Twins::isNumbered);
    assertThat(List.of("a.txt", "a (2) b.txt", "a(2)", "(2)", "a (x)"))
        .noneMatch(Twins::isNumbered);
  }
}
