package uk.usbguard.core.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceShapeTest {

  private static DeviceShape shape(byte[] blob, ShapeHints hints) throws Exception {
    return DeviceShape.of(UsbDescriptors.parse(blob), hints);
  }

  private static DeviceShape shape(String... interfaces) throws Exception {
    return shape(Blob.with(interfaces).bytes(), ShapeHints.NONE);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @DisplayName("USB-12, USB-04, USB-05: the table of classes")
  @CsvSource({
    "stick over BOT, 08/06/50, STORAGE",
    "disk over BOT and UAS, 08/06/50 08/06/62, STORAGE",
    "floppy, 08/04/00, STORAGE",
    "dictation machine, 08/06/50 01/01/00, RECORDER",
    "camera, 06/01/01, PHONE_OR_CAMERA",
    "phone with debugging, 06/01/01 ff/42/01, PHONE_OR_CAMERA",
    "phone with storage, 06/01/01 08/06/50, PHONE_OR_CAMERA",
    "iPhone, 06/01/01 ff/fe/02, PHONE_OR_CAMERA",
    "stick that types, 08/06/50 03/01/01, STORAGE_WITH_INPUT",
    "phone that types, 06/01/01 03/01/01, STORAGE_WITH_INPUT",
    "modem with its driver CD, 08/06/50 ff/ff/ff, STORAGE_COMPOSITE",
    "printer with card slot, 07/01/02 08/06/50, STORAGE_COMPOSITE",
    "ultrasound probe, ff/ff/ff, VENDOR_SPECIFIC",
    "serial cable PL2303, ff/00/00, VENDOR_SPECIFIC",
    "storage in a vendor's class, ff/06/50, UNKNOWN",
    "UAS in a vendor's class, ff/06/62, UNKNOWN",
    "and typing, ff/06/50 03/01/01, STORAGE_WITH_INPUT",
    "class 00, 00/00/00, UNKNOWN",
    "class that is not given out, 42/00/00, UNKNOWN",
    "keyboard, 03/01/01, INPUT",
    "keyboard and mouse, 03/01/01 03/01/02, INPUT",
    "keyboard with a maker's interface, 03/01/01 ff/00/00, INPUT",
    "headset, 01/01/00 01/02/00 03/00/00, AUDIO",
    "webcam, 0e/01/00 0e/02/00 01/01/00, VIDEO",
    "printer, 07/01/02, PRINTER",
    "hub, 09/00/00, HUB",
    "card reader for smart cards, 0b/00/00, SMART_CARD",
    "smart card keyboard, 03/01/01 0b/00/00, PERIPHERAL",
    "network card ECM, 02/06/00 0a/00/00, NETWORK",
    "network card NCM, 02/0d/00 0a/00/01, NETWORK",
    "RNDIS, e0/01/03 0a/00/00, NETWORK",
    "modem, 02/02/01 0a/00/00, COMMUNICATION",
    "Bluetooth, e0/01/01, COMMUNICATION",
    "glucose meter, 0f/00/00, HEALTH",
    "billboard, 11/00/00, PERIPHERAL"
  })
  void theTable(String name, String interfaces, DeviceShape expected) throws Exception {
    assertThat(shape(interfaces.split(" "))).as(name).isEqualTo(expected);
  }

  @Test
  @DisplayName("USB-12: a real camera is one")
  void aRealCamera() throws Exception {
    assertThat(shape(UsbDescriptorsTest.CAMERA, ShapeHints.NONE))
        .isEqualTo(DeviceShape.PHONE_OR_CAMERA);
  }

  @Test
  @DisplayName("USB-12: a phone whose interface only says MTP by name is a phone")
  void mtpByName() throws Exception {
    byte[] blob = Blob.with("ff/00/00").bytes();

    assertThat(shape(blob, new ShapeHints(List.of("mtp device"), false, false)))
        .isEqualTo(DeviceShape.PHONE_OR_CAMERA);
    assertThat(shape(blob, new ShapeHints(List.of("Console"), false, false)))
        .isEqualTo(DeviceShape.VENDOR_SPECIFIC);
  }

  @Test
  @DisplayName("USB-12: ff/ff/00 with the three pipes of MTP is not let pass as a serial cable")
  void mtpByPipes() throws Exception {
    byte[] mtp =
        Blob.of("18d1:4ee1")
            .rawConfiguration(1, Blob.anInterface(0, 0, "ff/ff/00", 0x81, 2, 0x01, 2, 0x82, 3))
            .bytes();

    assertThat(shape(mtp, ShapeHints.NONE)).isEqualTo(DeviceShape.UNKNOWN);
  }

  @Test
  @DisplayName(
      "USB-05: a keyboard in configuration 1 and storage in configuration 2 is a composite")
  void storageInAnotherConfiguration() throws Exception {
    byte[] blob = Blob.with("03/01/01").configuration("08/06/50").bytes();

    assertThat(shape(blob, ShapeHints.NONE)).isEqualTo(DeviceShape.STORAGE_WITH_INPUT);
  }

  @Test
  @DisplayName("USB-12: what its units say tells a disc drive and a card reader from a stick")
  void unitsTellMore() throws Exception {
    byte[] blob = Blob.with("08/06/50").bytes();

    assertThat(shape(blob, new ShapeHints(List.of(), true, true))).isEqualTo(DeviceShape.OPTICAL);
    assertThat(shape(blob, new ShapeHints(List.of(), false, true)))
        .isEqualTo(DeviceShape.CARD_READER);
  }

  @Test
  @DisplayName("USB-12: a device without interfaces is unknown, not harmless")
  void withoutInterfaces() throws Exception {
    byte[] blob = Blob.of("0001:0001").rawConfiguration(0, new byte[0]).bytes();

    assertThat(shape(blob, ShapeHints.NONE)).isEqualTo(DeviceShape.UNKNOWN);
  }

  @Test
  @DisplayName("USB-12: each of the 256 classes, alone or beside storage, never hides storage")
  void noClassHidesStorage() throws Exception {
    for (int base = 0; base < 256; base++) {
      String other = new InterfaceClass(base, 0, 0).toString();
      assertThat(shape("08/06/50", other).bearsData()).as(other).isTrue();
      assertThat(shape(other, "06/01/01").bearsData()).as(other).isTrue();
    }
  }

  @Test
  void labelsAreDifferent() {
    assertThat(Arrays.stream(DeviceShape.values()).map(DeviceShape::label)).doesNotHaveDuplicates();
  }
}
