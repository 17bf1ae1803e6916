package uk.usbguard.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.container.Anatomy.Part;
import uk.usbguard.core.container.ByteRange;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerPath;
import uk.usbguard.core.container.OpenMode;

@DisplayName("ENC-02: a damaged record of content")
class DataDamageTest extends DamageCase {

  @Test
  @DisplayName("costs that part of one file, which is named; the rest of it is read")
  void oneExtent() throws Exception {
    Part third = anatomy().data("scan").get(2);
    byte[] before = Files.readAllBytes(path);
    flip(third);

    RepairReport report = repair();

    assertThat(report.mending().isNothing()).as("nothing can be put right").isTrue();
    assertThat(report.isWhole()).isFalse();
    assertThat(report.after().orElseThrow().findings())
        .containsExactly(
            new Finding.DamagedFile(
                ContainerPath.parse("ward/scan"),
                300_000,
                List.of(new ByteRange(131_072, 196_608))));
    assertThat(Files.readAllBytes(path)).hasSameSizeAs(before);
    try (Container container = open(OpenMode.READ_ONLY)) {
      byte[] tail = new byte[100_000];
      int n = container.openFile(ContainerPath.parse("ward/scan")).read(200_000, tail, 0, 100_000);
      assertThat(n).isEqualTo(100_000);
      assertThat(tail).isEqualTo(Arrays.copyOfRange(files.get("ward/scan"), 200_000, 300_000));
    }
  }
}
