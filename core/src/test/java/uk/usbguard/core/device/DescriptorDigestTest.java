package uk.usbguard.core.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DescriptorDigestTest {

  private static final byte[] COMPANION = {6, 0x30, 15, 0, 0, 0};

  private static DescriptorDigest digest(byte[] blob) throws Exception {
    return UsbDescriptors.parse(blob).digest();
  }

  @Test
  @DisplayName("the camera's digest is that of the page's form, computed with Python's hashlib")
  void isTheDigestOfTheDocumentedForm() throws Exception {
    assertThat(digest(UsbDescriptorsTest.CAMERA).hex())
        .isEqualTo("f5a49c5297458da26f03ad0333662991ef0badfeb076e6d4b1a527fae3b9be02");
  }

  @Test
  @DisplayName("USB-03: the same stick in a USB 2 and a USB 3 port has one digest")
  void doesNotDependOnThePort() throws Exception {
    byte[] inUsb2 =
        Blob.of("0951:1666")
            .rawConfiguration(1, Blob.anInterface(0, 0, "08/06/50", 0x81, 2, 0x02, 2))
            .port(0x0210, 64, 150)
            .bytes();
    byte[] endpoint = {7, 5, (byte) 0x81, 2, 0, 4, 1};
    byte[] other = {7, 5, 0x02, 2, 0, 4, 1};
    byte[] head = {9, 4, 0, 0, 2, 8, 6, 0x50, 0};
    byte[] inUsb3 =
        Blob.of("0951:1666")
            .rawConfiguration(1, Blob.joined(head, endpoint, COMPANION, other, COMPANION))
            .port(0x0320, 9, 63)
            .bytes();

    assertThat(inUsb2).isNotEqualTo(inUsb3);
    assertThat(digest(inUsb2)).isEqualTo(digest(inUsb3));
  }

  @Test
  @DisplayName("USB-03: one more interface, another pipe or another number give another digest")
  void dependsOnWhatTheDeviceIs() throws Exception {
    DescriptorDigest stick = digest(Blob.with("08/06/50").bytes());

    assertThat(digest(Blob.with("08/06/50", "03/01/01").bytes())).isNotEqualTo(stick);
    assertThat(digest(Blob.with("08/06/62").bytes())).isNotEqualTo(stick);
    assertThat(digest(Blob.of("0951:1667").configuration("08/06/50").bytes())).isNotEqualTo(stick);
    assertThat(
            digest(
                Blob.of("0951:1666")
                    .rawConfiguration(1, Blob.anInterface(0, 0, "08/06/50", 0x82, 2))
                    .bytes()))
        .isNotEqualTo(stick);
  }

  @Test
  void refusesWhatIsNoDigest() {
    assertThatIllegalArgumentException().isThrownBy(() -> new DescriptorDigest("00"));
  }
}
