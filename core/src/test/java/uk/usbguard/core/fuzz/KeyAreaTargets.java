package uk.usbguard.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.format.FormatLimits;
import uk.usbguard.core.format.KeyArea;
import uk.usbguard.core.format.KeyAreaCodec;
import uk.usbguard.core.format.UnverifiedKeyArea;

/** Key areas, whole and by the slot. */
final class KeyAreaTargets {

  private KeyAreaTargets() {}

  static void keyArea(byte[] input) throws ContainerException {
    byte[] area = Arrays.copyOf(input, FormatLimits.KEY_AREA_LENGTH);
    UnverifiedKeyArea read;
    try {
      read = KeyAreaCodec.decode(area, 0);
    } catch (ContainerException e) {
      return; // declared
    }
    byte[] mac =
        Arrays.copyOfRange(
            area, FormatLimits.KEY_AREA_MAC_POSITION, FormatLimits.KEY_AREA_CRC_POSITION);
    KeyArea claims = read.verify(mac).orElseThrow();
    assertThat(KeyAreaCodec.encode(KeyAreaCodec.encodeMacInput(claims), mac)).isEqualTo(area);
  }

  static void summed(byte[] input) throws ContainerException {
    byte[] area = Arrays.copyOf(input, FormatLimits.KEY_AREA_LENGTH);
    Arrays.fill(area, FormatLimits.KEY_AREA_CRC_POSITION, area.length, (byte) 0);
    putSum(area, FormatLimits.KEY_AREA_CRC_POSITION);
    keyArea(area);
  }

  /** The first slot of a key area that is good otherwise. */
  static void slot(byte[] input) throws ContainerException {
    byte[] area = FuzzSeeds.goodKeyArea();
    byte[] slot = Arrays.copyOf(input, FormatLimits.KEY_SLOT_LENGTH);
    System.arraycopy(slot, 0, area, FormatLimits.KEY_AREA_HEADER_LENGTH, slot.length);
    summed(area);
  }

  /** Puts the CRC-32 of everything before it at a place. */
  static void putSum(byte[] bytes, int at) {
    CRC32 sum = new CRC32();
    sum.update(bytes, 0, at);
    ByteBuffer.wrap(bytes).putInt(at, (int) sum.getValue());
  }
}
