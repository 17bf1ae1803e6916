package uk.usbguard.cli.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.cli.console.Progress;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.ExportReport;
import uk.usbguard.core.container.BadSector;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerPath;
import uk.usbguard.core.container.FileMeta;
import uk.usbguard.core.container.MemorySegments;
import uk.usbguard.core.container.OpenMode;
import uk.usbguard.core.container.PutMode;
import uk.usbguard.core.container.StickContainer;

/** Taking out of a container on a drive of which one sector cannot be read. */
class UnreadableSectorExportTest {

  private static final int RECORD = 65_536;

  @TempDir private Path temp;
  private final MemorySegments medium = new MemorySegments();
  private final byte[] scan = new byte[3 * RECORD];
  private StickContainer made;
  private BadSector sector;

  @BeforeEach
  void store() throws Exception {
    new Random(11).nextBytes(scan);
    made =
        StickContainer.make(
            medium,
            container -> {
              put(container, "scan.img", scan);
              put(container, "letter.txt", "one".getBytes(StandardCharsets.UTF_8));
            });
    try (Container container = made.open(medium, OpenMode.READ_ONLY)) {
      ContainerPath path = ContainerPath.parse("scan.img");
      sector = BadSector.under(medium, container.openFile(path), RECORD);
    }
  }

  private static void put(Container container, String name, byte[] content) throws Exception {
    container.put(
        ContainerPath.parse(name),
        FileMeta.at(Instant.EPOCH),
        new ByteArrayInputStream(content),
        PutMode.CREATE);
  }

  private Outcome<ExportReport> export(boolean damagedToo) throws Exception {
    Surroundings surroundings =
        new Surroundings(Progress.NONE, false, () -> false, System::nanoTime, false);
    ExportPlan plan =
        new ExportPlan("c.ugc", List.of(), temp.resolve("out"), false, damagedToo, "Linux");
    try (Container container = made.open(medium, OpenMode.READ_ONLY)) {
      return new Exporting(plan, surroundings).run(container, "decrypt");
    }
  }

  private byte[] out(String name) throws Exception {
    return Files.readAllBytes(temp.resolve("out").resolve(name));
  }

  @Test
  @DisplayName("With --damaged it is zeros in the copy, reported, 65, and the rest comes out")
  void takesOutTheRest() throws Exception {
    sector.breakFor(Integer.MAX_VALUE);

    Outcome<ExportReport> outcome = export(true);

    byte[] expected = scan.clone();
    Arrays.fill(expected, RECORD, 2 * RECORD, (byte) 0);
    assertThat(out("scan (damaged).img")).isEqualTo(expected);
    assertThat(out("letter.txt")).isEqualTo("one".getBytes(StandardCharsets.UTF_8));
    assertThat(outcome.failure())
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.code()).isEqualTo(ExitCode.DAMAGED));
    assertThat(outcome.report().damagedCopies()).isEqualTo(1);
    assertThat(outcome.report().notes()).hasSize(1);
  }

  @Test
  @DisplayName("With --damaged a sector that can be read the second time costs nothing")
  void triesAgain() throws Exception {
    sector.breakFor(1);

    Outcome<ExportReport> outcome = export(true);

    assertThat(outcome.failure()).isNull();
    assertThat(out("scan.img")).isEqualTo(scan);
  }

  @Test
  @DisplayName("Without --damaged a drive that cannot be read ends it: it may have been pulled out")
  void endsWithoutDamaged() throws Exception {
    sector.breakFor(Integer.MAX_VALUE);

    Outcome<ExportReport> outcome = export(false);

    assertThat(outcome.failure()).hasMessage("Input/output error");
    assertThat(temp.resolve("out/scan.img")).doesNotExist();
    assertThat(temp.resolve("out/scan (damaged).img")).doesNotExist();
  }
}
