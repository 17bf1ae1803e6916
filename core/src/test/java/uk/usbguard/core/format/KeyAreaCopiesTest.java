package uk.usbguard.core.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.NotAContainerException;
import uk.usbguard.core.error.UnsupportedFormatException;

@DisplayName("The copies of the key area")
class KeyAreaCopiesTest {

  private final byte[] good = KeyAreaSamples.encoded(KeyAreaSamples.everyKindOfSlot());
  private final byte[] foreign = new byte[24_576];

  @Test
  void areReadNewestFirstWithWhatIsWrongWithTheOthers() throws Exception {
    KeyArea area = KeyAreaSamples.everyKindOfSlot();
    var newer = new KeyArea(area.container(), 8, area.masterKeyMade(), area.slots());

    KeyAreaCopies copies =
        KeyAreaCopies.decode(List.of(good, damaged(), KeyAreaSamples.encoded(newer)));

    assertThat(copies.readable()).extracting(UnverifiedKeyArea::copy).containsExactly(2, 0);
    assertThat(copies.refused()).containsOnlyKeys(1);
    assertThat(copies.refused().get(1)).isInstanceOf(DamagedContainerException.class);
    assertThat(copies.readable().get(0).hasSameBytes(copies.readable().get(1))).isFalse();
  }

  @Test
  void giveTheMostTellingReasonIfNoneCanBeRead() {
    assertThatExceptionOfType(NotAContainerException.class)
        .isThrownBy(() -> KeyAreaCopies.decode(List.of(foreign, foreign)));
    assertThatExceptionOfType(DamagedContainerException.class)
        .isThrownBy(() -> KeyAreaCopies.decode(List.of(foreign, damaged())));
    byte[] newer = good.clone();
    newer[9] = 2;
    assertThatExceptionOfType(UnsupportedFormatException.class)
        .isThrownBy(() -> KeyAreaCopies.decode(List.of(foreign, damaged(), newer)));
  }

  private byte[] damaged() {
    byte[] damaged = good.clone();
    damaged[4200] ^= 1;
    return damaged;
  }
}
