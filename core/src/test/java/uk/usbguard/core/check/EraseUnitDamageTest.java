package uk.usbguard.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.OpenMode;

@DisplayName("ENC-14: an erase unit of 8 MiB that is lost in the middle")
class EraseUnitDamageTest extends DamageCase {

  @Override
  void fill() throws Exception {
    session(container -> put(container, "first", bytes(1, 6_000_000)));
    session(container -> put(container, "middle", bytes(2, 12_000_000)));
    session(container -> put(container, "last", bytes(3, 6_000_000)));
    session(container -> put(container, "small", bytes(4, 100)));
  }

  @Test
  @DisplayName("costs the content in it and nothing else")
  void eightMib() throws Exception {
    zero(8L << 20, 8 << 20);

    RepairReport report = repair();

    assertThat(report.isWhole()).isFalse();
    assertThat(names()).containsExactly("first", "last", "middle", "small");
    assertThat(report.after().orElseThrow().findings())
        .singleElement()
        .isInstanceOfSatisfying(
            Finding.DamagedFile.class,
            file -> {
              assertThat(file.path().toString()).isEqualTo("/middle");
              assertThat(file.damagedBytes()).isBetween(8_000_000L, 8_700_000L);
            });
    try (Container container = open(OpenMode.READ_ONLY)) {
      for (String whole : List.of("first", "last", "small")) {
        assertThat(content(container, whole)).isEqualTo(files.get(whole));
      }
    }
  }
}
