package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.cli.Desk.Result;
import uk.usbguard.cli.text.Texts;
import uk.usbguard.core.media.ExtentState;
import uk.usbguard.core.media.Reason;
import uk.usbguard.core.media.Verdict;

/** What a person and a script see of a scan. */
class ScanTest {

  @TempDir private Path temp;
  private Desk desk;

  @BeforeEach
  void sitDown() throws IOException {
    desk = new Desk(temp);
  }

  @Test
  @DisplayName("USB-02 our own container, also after many changes, is encrypted: 0")
  void containerIsEncrypted() throws IOException {
    desk.withLetters();
    for (int i = 0; i < 5; i++) {
      assertThat(desk.unlocked("mkdir", "c.ugc", "m" + i).code()).isZero();
    }
    Result result = desk.run("scan", "c.ugc");
    assertThat(result.code()).as(result.out() + result.err()).isZero();
    assertThat(result.out()).startsWith("c.ugc is encrypted").contains("usbguard container");
    assertThat(result.err()).isEmpty();
  }

  @Test
  @DisplayName("USB-03 a scan names the container, and a new passphrase does not make it another")
  void fingerprint() throws IOException {
    desk.withLetters();
    String before = fingerprint("c.ugc");
    desk.file("next", Desk.OTHER);
    String next = desk.folder.resolve("next").toString();
    assertThat(desk.unlocked("passphrase", "c.ugc", "--new-passphrase-file", next).code()).isZero();
    assertThat(fingerprint("c.ugc")).isEqualTo(before);
    assertThat(desk.run("scan", "c.ugc", "--json").out())
        .contains("\"fingerprint\":\"" + before + "\"");
  }

  private String fingerprint(String target) {
    String out = desk.run("scan", target).out();
    String named =
        out.lines().filter(line -> line.contains("fingerprint")).findFirst().orElse("none");
    assertThat(named).matches("  Container fingerprint: usbguard:[0-9a-f]{64}");
    return named.substring(named.indexOf("usbguard:"));
  }

  @Test
  @DisplayName(
      "USB-02 letters in clear are not encrypted: 1, with what to do; JSON has the reasons")
  void plaintextIsNot() throws IOException {
    desk.file("stick.img", "Dear Mrs Example, your results. ".repeat(20_000));
    Result result = desk.run("scan", "stick.img");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).startsWith("stick.img is not encrypted");
    assertThat(result.err().lines()).hasSize(2);

    Result json = desk.run("scan", "stick.img", "--json");
    assertThat(json.code()).isEqualTo(1);
    assertThat(json.out())
        .startsWith("{\"type\":\"scan\",")
        .contains("\"verdict\":\"plaintext\"", "\"encrypted\":false", "\"unknown-data\"")
        .contains("\"targetKind\":\"image\"", "\"state\":\"readable\"");
    assertThat(json.err()).contains("\"code\":1", "\"id\":\"scan-not-encrypted\"");
  }

  @Test
  @DisplayName("USB-06 --hardware-encrypted makes it asserted: 0, and says that nothing shows it")
  void asserted() throws IOException {
    desk.file("stick.img", "Dear Mrs Example, your results. ".repeat(2_000));
    Result result = desk.run("scan", "stick.img", "--hardware-encrypted");
    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("as you say");
  }

  @Test
  @DisplayName("USB-06 --hardware-encrypted without a medium is locked: 1, not an error")
  void locked() throws IOException {
    desk.file("zero.img", "");
    Result result = desk.run("scan", "zero.img", "--hardware-encrypted");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).startsWith("zero.img shows no medium");
  }

  @Test
  @DisplayName(
      "66 for what is not there, 74 for what cannot be read, 64 for a folder that is no drive")
  void otherEnds() throws IOException {
    assertThat(desk.run("scan", "none.img").code()).isEqualTo(66);
    desk.file("zero.img", "");
    Result empty = desk.run("scan", "zero.img");
    assertThat(empty.code()).isEqualTo(74);
    assertThat(empty.err()).contains("Make it again").doesNotContain("port");
    Files.createDirectories(desk.folder.resolve("folder"));
    assertThat(desk.run("scan", "folder").code()).isEqualTo(64);
  }

  @Test
  @DisplayName("a pipe and what is no disk are refused at once: nobody waits for a writer")
  @EnabledOnOs(OS.LINUX)
  void pipes() throws Exception {
    Path pipe = desk.folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    for (String name : List.of("pipe", "/dev/zero", "/dev/null")) {
      Result result = desk.run("scan", name);
      assertThat(result.code()).as(name).isEqualTo(64);
      assertThat(result.err()).contains("there is no drive behind it");
    }
  }

  @Test
  @DisplayName("no more is said to be read than there is, unless some of it was read twice")
  void cost() throws IOException {
    byte[] noise = new byte[3_000_000];
    new Random(7).nextBytes(noise);
    Files.write(desk.folder.resolve("noise.img"), noise);
    assertThat(desk.run("scan", "noise.img").out()).contains("some of it twice");
    try (RandomAccessFile large =
        new RandomAccessFile(desk.folder.resolve("large.img").toFile(), "rw")) {
      large.setLength(200 << 20);
    }
    assertThat(desk.run("scan", "large.img").out())
        .contains(" of 200 MiB read.")
        .doesNotContain("twice");
  }

  @Test
  @DisplayName("USB-10 every verdict, state and reason has a sentence")
  void sentences() {
    Texts texts = new Texts(Locale.UK, ZoneOffset.UTC);
    for (Verdict verdict : Verdict.values()) {
      assertThat(texts.has("scan.verdict." + code(verdict))).as(verdict.name()).isTrue();
    }
    for (ExtentState state : ExtentState.values()) {
      assertThat(texts.has("scan.state." + code(state))).as(state.name()).isTrue();
    }
    for (Reason reason : Reason.values()) {
      assertThat(texts.has("reason." + reason.code())).as(reason.name()).isTrue();
    }
  }

  private static String code(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
