package uk.usbguard.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.OpenMode;

@DisplayName("ENC-14: segments that are missing or damaged")
class SegmentDamageTest extends DamageCase {

  @Override
  int segmentMib() {
    return 4;
  }

  @Override
  void fill() throws Exception {
    session(container -> put(container, "first", bytes(1, 2_000_000)));
    session(container -> put(container, "second", bytes(2, 3_500_000)));
    session(container -> put(container, "third", bytes(3, 3_500_000)));
    session(container -> put(container, "small", bytes(4, 100)));
    assertThat(Files.exists(segment(2))).isTrue();
  }

  private Path segment(int number) {
    return path.resolveSibling("stick.ugc.00" + number);
  }

  @Test
  @DisplayName("a damaged header is written anew")
  void header() throws Exception {
    byte[] good = read(1L << 32, 4096);
    zero(1L << 32, 4096);

    RepairReport report = repair();

    assertThat(report.mending().headers()).containsExactly(1);
    assertThat(read(1L << 32, 4096)).isEqualTo(good);
    assertThat(repair().mending().isNothing()).isTrue();
    assertAllIsThere();
  }

  @Test
  @DisplayName("a missing one in the middle: what lies in the others is read")
  void missing() throws Exception {
    Files.delete(segment(1));

    RepairReport report = repair();

    assertThat(report.mending().missingSegments()).containsExactly(1);
    assertThat(report.isWhole()).isFalse();
    assertThat(names()).containsExactly("first", "second", "small", "third");
    try (Container container = open(OpenMode.READ_ONLY)) {
      for (String whole : List.of("first", "small")) {
        assertThat(content(container, whole)).as(whole).isEqualTo(files.get(whole));
      }
    }
    assertThat(report.after().orElseThrow().findings())
        .allMatch(finding -> finding instanceof Finding.DamagedFile);
  }
}
