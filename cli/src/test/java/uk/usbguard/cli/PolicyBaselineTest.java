package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.usbguard.cli.Desk.and;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.cli.Desk.Result;
import uk.usbguard.core.device.Blob;

/** policy baseline: a first policy of what is plugged in. */
class PolicyBaselineTest {

  @TempDir private Path temp;
  private Desk desk;

  @BeforeEach
  void sitDown() throws IOException {
    desk = new Desk(temp).at(Clock.fixed(Instant.parse("2026-11-24T09:00:00Z"), ZoneOffset.UTC));
  }

  @Test
  @DisplayName("USB-01 a baseline of what is plugged in is a sound policy that lets it through")
  void baseline() throws IOException {
    Path stick = Files.createDirectories(desk.folder.resolve("sysfs/1-1"));
    Files.write(
        stick.resolve("descriptors"), Blob.of("0951:1666").configuration("08/06/50").bytes());
    desk.file("sysfs/1-1/serial", "60A44C413FAEF471\n");
    desk.file("sysfs/1-1/product", "DataTraveler\n");
    Path typing = Files.createDirectories(desk.folder.resolve("sysfs/1-2"));
    Files.write(typing.resolve("descriptors"), Blob.with("08/06/50", "03/01/01").bytes());
    String[] words = {"policy", "baseline", "--contact", "desk 4567", "--sysfs", "sysfs"};

    Result made = desk.run(words);
    assertThat(made.code()).as(made.err()).isZero();
    assertThat(made.err()).contains("1 devices are plugged in but not let in");
    assertThat(made.out()).contains("\"0951:1666:60A44C413FAEF471\" # DataTraveler");
    desk.file("b.yaml", made.out());
    assertThat(desk.run("policy", "check", "b.yaml").code()).isZero();
    String facts = "shape=storage,device=0951:1666:60A44C413FAEF471,verdict=plaintext";
    assertThat(desk.run("policy", "explain", "b.yaml", "--facts", facts).out())
        .contains("Rule: in-use-before of baseline", "would be read-only", "Questions: desk 4567.");
    assertThat(desk.run(and(words, "--json")).out())
        .startsWith("{\"type\":\"policy-baseline\",")
        .contains("\"letThrough\":1,\"untouched\":0,\"leftOut\":1");
  }

  @Test
  void baselineOfNothingSaysSo() throws IOException {
    assertThat(desk.run("policy", "baseline", "--contact", "d", "--sysfs", "none").code())
        .isEqualTo(66);
    Files.createDirectories(desk.folder.resolve("empty"));
    assertThat(desk.run("policy", "baseline", "--contact", " ", "--sysfs", "empty").code())
        .isEqualTo(65);
  }
}
