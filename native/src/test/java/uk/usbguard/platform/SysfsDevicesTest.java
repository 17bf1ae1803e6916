package uk.usbguard.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.core.device.AttachedDevice;
import uk.usbguard.core.device.Blob;
import uk.usbguard.core.device.DeviceShape;

/** A folder that looks like /sys/bus/usb/devices of a PC with these devices. */
class SysfsDevicesTest {

  @TempDir private Path sysfs;

  private Path device(String port, Blob descriptors) throws IOException {
    Path folder = Files.createDirectories(sysfs.resolve(port));
    Files.write(folder.resolve("descriptors"), descriptors.bytes());
    return folder;
  }

  private static void say(Path folder, String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text + "\n", StandardCharsets.UTF_8);
  }

  @Test
  @DisplayName("USB-12 a stick with its names and serial, also while it is not authorised")
  void stick() throws IOException {
    Path stick = device("1-1", Blob.of("0951:1666").configuration("08/06/50"));
    say(stick, "manufacturer", "Kingston");
    say(stick, "product", "DataTraveler 3.0");
    say(stick, "serial", "60a44c413faef471");

    AttachedDevice found = new SysfsDevices(sysfs).list().get(0);

    assertThat(found.identity().key()).isEqualTo("0951:1666:60A44C413FAEF471");
    assertThat(found.shape()).isEqualTo(DeviceShape.STORAGE);
    assertThat(found.name()).isEqualTo("Kingston DataTraveler 3.0");
  }

  @Test
  @DisplayName("USB-12 a phone is known by the name of its interface, which stands beside it")
  void phone() throws IOException {
    device("2-1.4", Blob.of("18d1:4ee1").configuration("ff/ff/00"));
    Path face = Files.createDirectories(sysfs.resolve("2-1.4:1.0"));
    say(face, "interface", "MTP");
    device("2-1", Blob.of("1d6b:0002").configuration("09/00/00"));

    assertThat(new SysfsDevices(sysfs).list())
        .extracting(AttachedDevice::shape)
        .containsExactly(DeviceShape.HUB, DeviceShape.PHONE_OR_CAMERA);
  }

  @Test
  @DisplayName("USB-12 descriptors that do not add up are a faulty device with its claimed numbers")
  void malformed() throws IOException {
    Path odd = Files.createDirectories(sysfs.resolve("1-2"));
    Files.write(odd.resolve("descriptors"), new byte[200_000]);
    say(odd, "idVendor", "0951");
    say(odd, "idProduct", "1666");
    Path none = Files.createDirectories(sysfs.resolve("1-3"));
    Files.write(none.resolve("descriptors"), new byte[0]);
    say(none, "idVendor", "what");

    assertThat(new SysfsDevices(sysfs).list())
        .extracting(one -> one.identity().model() + " " + one.shape())
        .containsExactly("0951:1666 MALFORMED", "0000:0000 MALFORMED");
  }

  @Test
  @DisplayName("a serial that no device can have is none")
  void longSerial() throws IOException {
    say(device("1-1", Blob.with("08/06/50")), "serial", "A".repeat(5000));
    assertThat(new SysfsDevices(sysfs).list().get(0).identity().key()).isEqualTo("0951:1666:");
  }

  @Test
  @DisplayName("a folder without devices has none; a folder that is not there is an error")
  void nothing() throws IOException {
    Files.createDirectories(sysfs.resolve("not-a-device"));
    assertThat(new SysfsDevices(sysfs).list()).isEmpty();
    assertThatThrownBy(() -> new SysfsDevices(sysfs.resolve("none")).list())
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  @DisplayName("more entries than any PC has are refused")
  void tooMany() throws IOException {
    for (int i = 0; i <= SysfsDevices.MOST; i++) {
      Files.createDirectory(sysfs.resolve("x" + i));
    }
    assertThatThrownBy(() -> new SysfsDevices(sysfs).list()).isInstanceOf(IOException.class);
  }
}
