package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.usbguard.cli.Desk.Result;

/** A drive on which not all fits: what is said to be stored is, and the rest is not. */
class FullMediumTest {

  /** Room for the sources and some of the container. */
  private static final int ROOM = 9 << 20;

  private FileSystem drive;
  private Desk desk;

  @BeforeEach
  void sitDown() throws IOException {
    drive =
        Jimfs.newFileSystem(
            Configuration.unix().toBuilder().setAttributeViews("posix").setMaxSize(ROOM).build());
    desk = new Desk(Files.createDirectory(drive.getPath("/drive")));
  }

  @AfterEach
  void unplug() throws IOException {
    drive.close();
  }

  private void random(String name, int length) throws IOException {
    byte[] bytes = new byte[length];
    new Random(name.hashCode()).nextBytes(bytes);
    Path file = desk.folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  @ParameterizedTest
  @DisplayName("ENC-14: what a full medium refused is not counted as stored")
  @ValueSource(ints = {1, 2, 5, 40})
  void countsWhatIsThere(int files) throws IOException {
    for (int i = 0; i < files; i++) {
      random("all/" + i, (5 << 20) / files);
    }

    Result result = desk.unlocked("encrypt", "all", "--to", "c.ugc", "--no-recovery-key", "--json");

    assertThat(result.code()).as(result.out() + result.err()).isEqualTo(74);
    long listed =
        desk.unlocked("ls", "-R", "c.ugc", "--json")
            .out()
            .lines()
            .filter(line -> line.contains("\"kind\":\"file\""))
            .count();
    assertThat(listed).isLessThan(files);
    assertThat(result.out()).contains("\"counts\":{\"files\":" + listed + ",");
    assertThat(result.err()).contains("\"id\":\"import-full\"", ": " + listed + " file");
    assertThat(desk.unlocked("verify", "c.ugc").code()).isZero();
  }

  @Test
  @DisplayName("ENC-14: most of what fits is stored before a medium is full")
  void fillsTheMedium() throws IOException {
    for (int i = 0; i < 50; i++) {
      random("all/" + i, 100 << 10);
    }
    long room = ROOM - (5 << 20) - (2 << 20); // less the sources, the container's areas and margins

    desk.unlocked("encrypt", "all", "--to", "c.ugc", "--no-recovery-key");

    String info = desk.unlocked("info", "c.ugc", "--json").out();
    long stored = Long.parseLong(info.replaceAll("(?s).*\"payloadBytes\":(\\d+).*", "$1"));
    assertThat(stored).isGreaterThan(room / 2);
  }

  @Test
  void nothingIsMadeWhereNothingFits() throws IOException {
    random("large", ROOM - (1 << 20));

    Result result = desk.unlocked("encrypt", "large", "--to", "c.ugc", "--no-recovery-key");

    assertThat(result.code()).isEqualTo(74);
    assertThat(desk.has("c.ugc")).isFalse();
  }
}
