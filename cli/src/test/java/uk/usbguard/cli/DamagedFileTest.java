package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.usbguard.cli.Desk.saysTwoLines;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.cli.Desk.Result;

/** What is said of a damaged file, and what comes out of it. */
class DamagedFileTest {

  @TempDir private Path temp;
  private Desk desk;

  @BeforeEach
  void sitDown() throws IOException {
    desk = new Desk(temp);
  }

  @Test
  @DisplayName("ENC-02 a flipped bit in the data costs that file only, and is listed by verify")
  void damage() throws IOException {
    byte[] content = new byte[200_000];
    new SplittableRandom(1).nextBytes(content);
    Files.write(desk.folder.resolve("large.bin"), content);
    desk.file("small.txt", "small");
    desk.unlocked("encrypt", "large.bin", "small.txt", "--to", "c.ugc", "--no-recovery-key");
    Path container = desk.folder.resolve("c.ugc");
    try (RandomAccessFile raw = new RandomAccessFile(container.toFile(), "rw")) {
      raw.seek(1_179_648 + 100_000);
      int there = raw.read();
      raw.seek(1_179_648 + 100_000);
      raw.write(there ^ 1);
    }

    Result verified = desk.unlocked("verify", "c.ugc", "--json");
    Result taken = desk.unlocked("decrypt", "c.ugc", "--to", "out");

    assertThat(verified.code()).isEqualTo(65);
    assertThat(verified.out()).contains("\"sound\":false", "/large.bin", "\"from\":");
    assertThat(taken.code()).isEqualTo(65);
    assertThat(taken.out()).contains("damaged: /large.bin");
    assertThat(desk.text("out/small.txt")).isEqualTo("small");
    assertThat(desk.has("out/large.bin")).isFalse();
    try (var left = Files.list(desk.folder.resolve("out"))) {
      assertThat(left).hasSize(1);
    }
  }

  /** bad.bin of 200,000 bytes in c.ugc; the second of its four extents does not open. */
  private byte[] storeWithOneDamagedExtent(String name) throws IOException {
    byte[] content = new byte[200_000];
    new SplittableRandom(1).nextBytes(content);
    Files.write(desk.folder.resolve(name), content);
    desk.file("small.txt", "small");
    desk.unlocked("encrypt", name, "small.txt", "--to", "c.ugc", "--no-recovery-key");
    Path container = desk.folder.resolve("c.ugc");
    try (RandomAccessFile raw = new RandomAccessFile(container.toFile(), "rw")) {
      raw.seek(1_179_648 + 100_000);
      int there = raw.read();
      raw.seek(1_179_648 + 100_000);
      raw.write(there ^ 1);
    }
    byte[] expected = content.clone();
    Arrays.fill(expected, 65_536, 131_072, (byte) 0);
    return expected;
  }

  @Test
  @DisplayName(
      "ENC-02: --damaged writes the rest of a damaged file, with zeros, under a marked name")
  void theRestOfADamagedFile() throws IOException {
    byte[] expected = storeWithOneDamagedExtent("bad.bin");
    byte[] whole = Files.readAllBytes(desk.folder.resolve("bad.bin"));

    Result plain = desk.unlocked("get", "c.ugc", "bad.bin", "--to", "out");
    Result got = desk.unlocked("get", "c.ugc", "bad.bin", "--damaged", "--overwrite");
    Result again = desk.unlocked("get", "c.ugc", "bad.bin", "--damaged", "--overwrite");
    Result all = desk.unlocked("decrypt", "c.ugc", "--to", "out", "--damaged", "--json");

    assertThat(plain.code()).isEqualTo(65);
    assertThat(plain.err()).contains("--damaged");
    assertThat(got.code()).isEqualTo(65);
    assertThat(got.out())
        .contains("damaged: /bad.bin, written as bad (damaged).bin", "bytes 65,536 to 131,072");
    assertThat(Files.readAllBytes(desk.folder.resolve("bad (damaged).bin"))).isEqualTo(expected);
    assertThat(again.out()).contains("written as bad (damaged) (2).bin");
    assertThat(Files.readAllBytes(desk.folder.resolve("bad.bin"))).isEqualTo(whole);
    assertThat(all.code()).isEqualTo(65);
    assertThat(all.out())
        .contains(
            "\"files\":1",
            "\"damaged\":0",
            "\"damagedCopies\":1",
            "{\"kind\":\"damaged-copy\",\"path\":\"/bad.bin\",\"detail\":\"bad (damaged).bin\","
                + "\"ranges\":[{\"from\":65536,\"to\":131072}]}");
    assertThat(all.err()).contains("\"id\":\"export-around-damaged\"");
    assertThat(desk.text("out/small.txt")).isEqualTo("small");
    assertThat(Files.readAllBytes(desk.folder.resolve("out/bad (damaged).bin")))
        .isEqualTo(expected);
    assertThat(desk.has("out/bad.bin")).isFalse();
  }

  @Test
  @DisplayName("ENC-02: a damaged copy takes the name of no file that is stored beside it")
  void theMarkedNameIsTaken() throws IOException {
    storeWithOneDamagedExtent("bad.bin");
    desk.file("bad (damaged).bin", "sound");
    desk.unlocked("put", "c.ugc", "bad (damaged).bin");

    Result all = desk.unlocked("decrypt", "c.ugc", "--to", "out", "--damaged", "--overwrite");

    assertThat(all.code()).isEqualTo(65);
    assertThat(desk.text("out/bad (damaged).bin")).isEqualTo("sound");
    assertThat(desk.has("out/bad (damaged) (2).bin")).isTrue();
  }

  @Test
  @DisplayName("Cat of a damaged file names the file, the bytes and the way to the rest")
  void catOfADamagedFile() throws IOException {
    byte[] expected = storeWithOneDamagedExtent("bad.bin");

    Result shown = desk.unlocked("cat", "c.ugc", "bad.bin");

    assertThat(shown.code()).isEqualTo(65);
    assertThat(shown.bytes()).isEqualTo(Arrays.copyOf(expected, 65_536));
    assertThat(shown.err())
        .contains("/bad.bin in c.ugc is damaged: bytes 65,536 to 131,072")
        .contains("usbguard get c.ugc /bad.bin --damaged")
        .doesNotContain("repair");
    saysTwoLines(shown, 65);
  }
}
