package uk.usbguard.core.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.device.MalformedDescriptorsException.Reason;
import uk.usbguard.core.device.UsbInterface.Endpoint;

class UsbDescriptorsTest {

  /** From a real Canon PowerShot SX200, as recorded for the tests of several Linux projects. */
  static final byte[] CAMERA =
      HexFormat.of()
          .parseHex(
              "1201000200000040a904c03102000102030109022700010100c0010904000003"
                  + "06010100070581020002000705020200020007058303080009");

  private static Reason refused(byte[] blob) {
    try {
      UsbDescriptors.parse(blob);
      throw new AssertionError("was not refused");
    } catch (MalformedDescriptorsException e) {
      return e.reason();
    }
  }

  @Test
  @DisplayName("a real camera's bytes give what udev says of it: 04a9:31c0, revision 2, 060101")
  void readsARealCamera() throws Exception {
    UsbDescriptors camera = UsbDescriptors.parse(CAMERA);

    assertThat(camera.id()).hasToString("04a9:31c0");
    assertThat(camera.release()).isEqualTo(2);
    assertThat(camera.deviceClass()).hasToString("00/00/00");
    assertThat(camera.interfaces()).hasSize(1);
    assertThat(camera.interfaces().get(0).type()).hasToString("06/01/01");
    assertThat(camera.interfaces().get(0).endpoints())
        .containsExactly(Endpoint.BULK_IN, Endpoint.BULK_OUT, Endpoint.INTERRUPT_IN);
  }

  @Test
  @DisplayName("USB-05: interfaces of all configurations and all alternate settings are seen")
  void seesEveryConfigurationAndAlternate() throws Exception {
    byte[] blob =
        Blob.with("03/01/01")
            .rawConfiguration(
                1,
                Blob.joined(
                    Blob.anInterface(0, 0, "08/06/50", 0x81, 2, 0x02, 2),
                    Blob.anInterface(0, 1, "08/06/62", 0x81, 2)))
            .bytes();

    UsbDescriptors both = UsbDescriptors.parse(blob);

    assertThat(both.classes())
        .map(Object::toString)
        .containsExactly("03/01/01", "08/06/50", "08/06/62");
    assertThat(both.interfaces()).map(UsbInterface::configuration).containsExactly(1, 2, 2);
    assertThat(both.interfaces()).map(UsbInterface::alternate).containsExactly(0, 0, 1);
  }

  @Test
  void classDescriptorsBetweenAreSteppedOver() throws Exception {
    byte[] hid = {9, 0x21, 0x10, 1, 0, 1, 0x22, 0x3f, 0};
    byte[] blob =
        Blob.of("046d:c31c")
            .rawConfiguration(
                1,
                Blob.joined(
                    Blob.anInterface(0, 0, "03/01/01"),
                    hid,
                    new byte[] {7, 5, (byte) 0x81, 3, 8, 0, 10}))
            .bytes();

    UsbInterface keyboard = UsbDescriptors.parse(blob).interfaces().get(0);

    assertThat(keyboard.endpoints()).containsExactly(Endpoint.INTERRUPT_IN);
  }

  @Nested
  @DisplayName("USB-12: refuses, because what it does not understand could be storage,")
  class Refuses {

    @Test
    @DisplayName("every prefix of a blob that is whole")
    void everyPrefix() {
      byte[] whole = Blob.with("08/06/50").configuration("03/01/01").bytes();
      for (int length = 0; length < whole.length; length++) {
        byte[] prefix = Arrays.copyOf(whole, length);
        assertThatThrownBy(() -> UsbDescriptors.parse(prefix))
            .as("%d bytes", length)
            .isInstanceOf(MalformedDescriptorsException.class);
      }
    }

    @Test
    @DisplayName("a length of zero, which would never end, and one of one")
    void lengthsThatDoNotAdvance() {
      assertThat(
              refused(
                  Blob.of("1:1".replace("1", "0001"))
                      .rawConfiguration(0, new byte[] {0, 0x24})
                      .bytes()))
          .isEqualTo(Reason.LENGTH);
      assertThat(refused(Blob.of("0001:0001").rawConfiguration(0, new byte[] {1, 0x24}).bytes()))
          .isEqualTo(Reason.LENGTH);
    }

    @Test
    void anInterfaceThatIsTooShort() {
      byte[] eight = {8, 4, 0, 0, 0, 8, 6, 0x50};
      assertThat(refused(Blob.of("0001:0001").rawConfiguration(1, eight).bytes()))
          .isEqualTo(Reason.LENGTH);
    }

    @Test
    void aDescriptorThatEndsAfterItsConfiguration() {
      byte[] blob = Blob.with("08/06/50").configuration("03/01/01").bytes();
      blob[18 + 9 + 9] = 40; // the endpoint swallows the next configuration
      assertThat(refused(blob)).isEqualTo(Reason.TRUNCATED);
    }

    @Test
    void aConfigurationInsideAnother() {
      assertThat(
              refused(
                  Blob.of("0001:0001")
                      .rawConfiguration(1, Blob.of("0001:0001").configuration("08/06/50").bytes())
                      .bytes()))
          .isEqualTo(Reason.MISPLACED);
    }

    @Test
    void moreOrFewerConfigurationsThanTheDeviceSays() {
      byte[] blob = Blob.with("08/06/50").bytes();
      blob[17] = 2;
      assertThat(refused(blob)).isEqualTo(Reason.CONFIGURATIONS);
      assertThat(refused(Blob.of("0001:0001").bytes())).isEqualTo(Reason.CONFIGURATIONS);
    }

    @Test
    void moreBytesThanAKernelReads() {
      assertThat(refused(new byte[DescriptorParser.LARGEST + 1])).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    @DisplayName("one interface more than the most, and takes the most")
    void moreInterfacesThanAnyHonestDevice() throws Exception {
      byte[] one = Blob.anInterface(0, 0, "03/01/01");
      byte[] most = new byte[one.length * DescriptorParser.MOST_INTERFACES];
      for (int at = 0; at < most.length; at += one.length) {
        System.arraycopy(one, 0, most, at, one.length);
      }
      byte[] fits = Blob.of("0001:0001").rawConfiguration(1, most).bytes();
      byte[] over = Blob.of("0001:0001").rawConfiguration(1, Blob.joined(most, one)).bytes();

      assertThat(UsbDescriptors.parse(fits).interfaces()).hasSize(DescriptorParser.MOST_INTERFACES);
      assertThat(refused(over)).isEqualTo(Reason.TOO_MANY);
    }
  }

  @Test
  @DisplayName("damaged blobs are refused or read, in bounded time, never another exception")
  void anyDamageIsRefusedOrRead() {
    long seed = Long.getLong("seed", new SplittableRandom().nextLong());
    Random random = new Random(seed);
    byte[] whole = Blob.with("08/06/50", "03/01/01").configuration("ff/ff/00", "01/01/00").bytes();
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = Arrays.copyOf(whole, random.nextInt(whole.length + 20));
      for (int n = random.nextInt(4); n >= 0 && damaged.length > 0; n--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        UsbDescriptors parsed = UsbDescriptors.parse(damaged);
        DeviceShape.of(parsed, ShapeHints.NONE);
        parsed.digest();
        read++;
      } catch (MalformedDescriptorsException e) {
        assertThat(e.offset()).as("seed %d", seed).isBetween(0, damaged.length);
      }
    }
    assertThat(read).as("seed %d", seed).isPositive();
  }
}
