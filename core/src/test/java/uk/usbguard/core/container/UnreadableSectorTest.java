package uk.usbguard.core.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.error.MediumReadException;

/** A medium that gives an error for one sector. */
class UnreadableSectorTest {

  private static final int EXTENT = 65_536;
  private static final int SIZE = 3 * EXTENT + 1000;

  private final byte[] content = Rig.bytes(7, SIZE);
  private Rig rig;
  private Container reader;
  private BadSector sector;

  @BeforeEach
  void store() throws Exception {
    rig = new Rig(4);
    rig.put("scan", content);
    rig.container.close();
    reader = rig.open(rig.medium, OpenMode.READ_ONLY);
    sector = BadSector.under(rig.medium, reader.openFile(Rig.path("scan")), EXTENT + 10);
  }

  @Test
  @DisplayName("An unreadable sector costs its record, which is zeros and reported")
  void costsItsRecord() throws Exception {
    sector.breakFor(Integer.MAX_VALUE);
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    List<ByteRange> bad =
        reader.openFile(Rig.path("scan")).transferAroundDamage(Channels.newChannel(out)::write);

    byte[] expected = content.clone();
    Arrays.fill(expected, EXTENT, 2 * EXTENT, (byte) 0);
    assertThat(bad).containsExactly(new ByteRange(EXTENT, 2 * EXTENT));
    assertThat(out.toByteArray()).isEqualTo(expected);
  }

  @Test
  @DisplayName("Whoever wants all of the file hears that the medium could not be read")
  void endsTheWhole() {
    sector.breakFor(Integer.MAX_VALUE);

    assertThatThrownBy(
            () -> reader.openFile(Rig.path("scan")).transferTo(OutputStream.nullOutputStream()))
        .isInstanceOf(MediumReadException.class)
        .hasMessage("Input/output error");
  }
}
