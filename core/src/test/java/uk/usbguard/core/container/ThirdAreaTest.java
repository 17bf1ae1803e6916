package uk.usbguard.core.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.extent.Layout;
import uk.usbguard.core.format.BatchLayout;
import uk.usbguard.core.format.BatchPlace;
import uk.usbguard.core.format.FormatLimits;

/**
 * Containers that grow over the third anchor area, 32 MiB into the first file, in every way in
 * which a batch can end there.
 */
class ThirdAreaTest {

  private static final long THIRD = FormatLimits.AREA_POSITIONS.get(2);
  private static final int BLOCK = BatchLayout.BLOCK;

  /** So much is left in front of the area when the last file in front of it is stored. */
  private static final int LEFT = 24 * BLOCK + Layout.SMALLEST_REGION;

  @Test
  @DisplayName(
      "ENC-02: whatever the distance of a batch's end from the third area, all is read back")
  void growsOverTheThirdArea() throws Exception {
    Rig rig = new Rig(64);
    byte[] filling = Rig.bytes(1, 1_048_576);
    List<String> fillings = new ArrayList<>();
    while (THIRD - end(rig.container) > LEFT + 2 * filling.length) {
      fillings.add("/f" + fillings.size());
      rig.put(fillings.get(fillings.size() - 1), filling);
      rig.container.commit();
    }
    rig.put("/rest", Rig.bytes(2, (int) (THIRD - end(rig.container)) - LEFT - 16 * BLOCK));
    rig.container.commit();
    long room = THIRD - end(rig.container);
    rig.container.close();
    MemorySegments before = rig.medium;

    List<Long> distances = new ArrayList<>();
    for (int blocks = 1; blocks < 16; blocks++) {
      MemorySegments medium = before.copy();
      int length = (int) room - blocks * BLOCK;
      try (Container container = rig.open(medium, OpenMode.READ_WRITE)) {
        rig.container = container;
        rig.put("/last", Rig.bytes(blocks, length));
        rig.put("/behind0", Rig.bytes(100, 70_000)); // in the same commit, if there is room or not
        container.commit();
        for (BatchPlace part : container.session().current().others()) {
          distances.add(THIRD - part.position() - part.length());
        }
        for (int i = 1; i < 4; i++) {
          rig.put("/behind" + i, Rig.bytes(100 + i, 70_000));
          container.commit();
        }
      }
      try (Container reader = rig.open(medium, OpenMode.READ_ONLY)) {
        assertThat(reader.openReport().damagedKeyAreas()).isEmpty();
        assertThat(BookAudit.of(reader).faults()).isEmpty();
        assertThat(Rig.get(reader, "/f0")).isEqualTo(filling);
        assertThat(Rig.get(reader, "/last")).isEqualTo(Rig.bytes(blocks, length));
        for (int i = 0; i < 4; i++) {
          assertThat(Rig.get(reader, "/behind" + i)).isEqualTo(Rig.bytes(100 + i, 70_000));
        }
      }
    }
    assertThat(distances).as("a batch that ends exactly at the area").contains(0L);
  }

  private static long end(Container container) {
    return container.session().current().end();
  }
}
