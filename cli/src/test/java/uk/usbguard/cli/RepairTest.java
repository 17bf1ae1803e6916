package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.cli.Desk.Result;
import uk.usbguard.cli.console.Interruption;

@DisplayName("ENC-14: usbguard repair")
class RepairTest {

  private static final int RING = 65_536;
  private static final int AREA_1 = 1_048_576;

  @TempDir private Path temp;
  private Desk desk;
  private Path container;

  @BeforeEach
  void sitDown() throws IOException {
    desk = new Desk(temp).withLetters();
    container = desk.folder.resolve("c.ugc");
  }

  private void zero(int... ranges) throws IOException {
    byte[] bytes = Files.readAllBytes(container);
    for (int i = 0; i < ranges.length; i += 2) {
      Arrays.fill(bytes, ranges[i], ranges[i] + ranges[i + 1], (byte) 0);
    }
    Files.write(container, bytes);
  }

  @Test
  @DisplayName("says that there is nothing to do, and does nothing")
  void nothing() throws IOException {
    byte[] before = Files.readAllBytes(container);

    Result text = desk.unlocked("repair", "c.ugc");
    Result json = desk.unlocked("repair", "c.ugc", "--json");

    assertThat(text.code()).as(text.err()).isZero();
    assertThat(text.out()).contains("Nothing to repair in c.ugc");
    assertThat(json.out()).startsWith("{\"type\":\"repair\"").contains("\"whole\":true");
    assertThat(Files.readAllBytes(container)).isEqualTo(before);
  }

  @Test
  @DisplayName("--dry-run says what would be done and writes nothing; then it is done")
  void bothRings() throws IOException {
    zero(RING, 65_536, AREA_1 + RING, 65_536);
    byte[] damaged = Files.readAllBytes(container);
    assertThat(desk.unlocked("ls", "c.ugc").code()).isEqualTo(65);

    Result would = desk.unlocked("repair", "c.ugc", "--dry-run");
    assertThat(would.code()).as(would.err()).isZero();
    assertThat(would.out())
        .contains("to put right: the root slots of area 0", "Nothing was written");
    assertThat(Files.readAllBytes(container)).isEqualTo(damaged);

    Result did = desk.unlocked("repair", "c.ugc");
    assertThat(did.code()).as(did.err()).isZero();
    assertThat(did.out()).contains("put right: the root slots of area 1", "nothing is lost");
    assertThat(desk.unlocked("cat", "c.ugc", "letters/a.txt").out()).isEqualTo("one");
    assertThat(desk.unlocked("verify", "c.ugc").code()).isZero();
  }

  @Test
  @DisplayName("ends with 65 where content is damaged, and names it")
  void content() throws IOException {
    byte[] content = new byte[200_000];
    new Random(1).nextBytes(content);
    Files.write(desk.folder.resolve("large.bin"), content);
    desk.unlocked("encrypt", "large.bin", "--to", "c2.ugc", "--no-recovery-key");
    container = desk.folder.resolve("c2.ugc");
    zero(1_179_648 + 100_000, 1000);

    Result trial = desk.unlocked("repair", "c2.ugc", "--dry-run");
    Result text = desk.unlocked("repair", "c2.ugc");
    Result json = desk.unlocked("repair", "c2.ugc", "--json");

    assertThat(text.code()).isEqualTo(65);
    assertThat(text.out()).contains("damaged: /large.bin", "bytes 65,536 to 131,072");
    for (Result said : List.of(trial, text)) {
      assertThat(said.out())
          .contains("Nothing can be put right in c2.ugc: 1 damaged part, listed above.")
          .doesNotContain("is repaired", "can be repaired");
    }
    assertThat(text.err()).contains("--damaged");
    assertThat(json.out()).contains("\"whole\":false", "\"path\":\"/large.bin\"");
  }

  @Test
  @DisplayName("ends like any command where the passphrase, the file or the key area is wrong")
  void failures() throws IOException {
    assertThat(desk.pipe("wrong\n", "repair", "c.ugc", "--passphrase-stdin").code()).isEqualTo(77);
    assertThat(desk.unlocked("repair", "none.ugc").code()).isEqualTo(66);
    zero(0, 24_576, AREA_1, 24_576);
    assertThat(desk.unlocked("repair", "c.ugc").code()).isEqualTo(65);
  }

  @Test
  @DisplayName("--from takes a container out of the image of a stick and makes a new one --to")
  void fromAnImage() throws IOException {
    byte[] whole = Files.readAllBytes(container);
    byte[] image = new byte[whole.length + 512 * 5];
    System.arraycopy(whole, 0, image, 512 * 3, whole.length);
    Files.write(desk.folder.resolve("stick.img"), image);
    Files.delete(container);

    Result made = desk.unlocked("repair", "--from", "stick.img", "--to", "new.ugc");
    Result again = desk.unlocked("repair", "--from", "stick.img", "--to", "new.ugc");

    assertThat(made.code()).as(made.err()).isZero();
    assertThat(made.out()).contains("new.ugc is put together");
    assertThat(desk.unlocked("cat", "new.ugc", "letters/b.txt").out()).isEqualTo("two");
    assertThat(again.code()).isEqualTo(73);
    assertThat(Files.readAllBytes(desk.folder.resolve("stick.img"))).isEqualTo(image);
  }

  @Test
  @DisplayName("Ctrl-C ends it with 130; the container is as it was, and no new one is made")
  void interrupted() throws IOException {
    zero(RING, 65_536, AREA_1 + RING, 65_536);
    byte[] damaged = Files.readAllBytes(container);
    Interruption pressed = new Interruption();
    pressed.request();
    desk.interruptedBy(pressed);

    Result mended = desk.unlocked("repair", "c.ugc");
    Result trial = desk.unlocked("repair", "c.ugc", "--dry-run", "--json");
    Result salvaged = desk.unlocked("repair", "--from", "c.ugc", "--to", "new.ugc");

    assertThat(mended.code()).isEqualTo(130);
    assertThat(mended.out()).isEmpty();
    assertThat(mended.err().lines())
        .containsExactly(
            "usbguard: Interrupted. c.ugc is as it was before.",
            "  Run it again and let it finish.");
    assertThat(trial.code()).isEqualTo(130);
    assertThat(trial.err()).contains("\"code\":130,\"id\":\"repair-interrupted\"");
    assertThat(salvaged.code()).isEqualTo(130);
    assertThat(salvaged.err()).contains("new.ugc was not made");
    assertThat(desk.has("new.ugc")).isFalse();
    assertThat(Files.readAllBytes(container)).isEqualTo(damaged);
    desk.interruptedBy(new Interruption());
    assertThat(desk.unlocked("repair", "c.ugc").code()).isZero();
  }

  @Test
  @DisplayName("needs to know from what to what")
  void usage() {
    assertThat(desk.unlocked("repair").code()).isEqualTo(64);
    assertThat(desk.unlocked("repair", "--from", "c.ugc").code()).isEqualTo(64);
    assertThat(desk.unlocked("repair", "c.ugc", "--to", "n.ugc", "--dry-run").code()).isEqualTo(64);
  }
}
