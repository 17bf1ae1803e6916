package uk.usbguard.platform;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import uk.usbguard.core.device.AttachedDevice;
import uk.usbguard.core.device.DeviceIdentity;
import uk.usbguard.core.device.DeviceShape;
import uk.usbguard.core.device.MalformedDescriptorsException;
import uk.usbguard.core.device.SerialNumber;
import uk.usbguard.core.device.ShapeHints;
import uk.usbguard.core.device.UsbDescriptors;
import uk.usbguard.core.device.UsbId;

/**
 * The USB devices that Linux shows below {@code /sys/bus/usb/devices}, also those that are not
 * authorised. It reads what the kernel has read already and asks no device anything. What is
 * unplugged meanwhile is left out.
 */
public final class SysfsDevices {

  /** Where Linux has them. */
  public static final Path PLACE = Path.of("/sys/bus/usb/devices");

  /** 127 on a bus, and no PC has as many buses. */
  static final int MOST = 4096;

  /** One more byte than the largest that is taken; sysfs has no larger files. */
  private static final int LARGEST = 65_536 + 1;

  private static final int LONGEST_TEXT = 1024;

  private final Path place;

  /** Reads below this folder. */
  public SysfsDevices(Path place) {
    this.place = place;
  }

  /** What is plugged in now, in the order of the ports. */
  public List<AttachedDevice> list() throws IOException {
    List<String> names = names();
    List<AttachedDevice> devices = new ArrayList<>();
    for (String name : names) {
      if (name.indexOf(':') < 0 && Files.exists(place.resolve(name).resolve("descriptors"))) {
        try {
          devices.add(device(name, names));
        } catch (IOException e) {
          if (Files.exists(place.resolve(name))) {
            throw e;
          }
        }
      }
    }
    return devices;
  }

  private List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(place)) {
      for (Path entry : entries) {
        names.add(String.valueOf(entry.getFileName()));
        if (names.size() > MOST) {
          throw new IOException("more than " + MOST + " entries in " + place);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    Collections.sort(names);
    return names;
  }

  private AttachedDevice device(String name, List<String> all) throws IOException {
    Path folder = place.resolve(name);
    String maker = text(folder.resolve("manufacturer"));
    String product = text(folder.resolve("product"));
    String label = (maker + " " + product).strip();
    try {
      UsbDescriptors descriptors =
          UsbDescriptors.parse(bytes(folder.resolve("descriptors"), LARGEST));
      ShapeHints hints = new ShapeHints(interfaceNames(name, all), false, false);
      return new AttachedDevice(
          identity(descriptors.id(), folder), DeviceShape.of(descriptors, hints), label);
    } catch (MalformedDescriptorsException e) {
      return new AttachedDevice(identity(claimed(folder), folder), DeviceShape.MALFORMED, label);
    }
  }

  /** Interfaces stand beside their device: 1-1:1.0 beside 1-1. */
  private List<String> interfaceNames(String device, List<String> all) throws IOException {
    List<String> names = new ArrayList<>();
    for (String one : all) {
      if (one.startsWith(device + ":")) {
        names.add(text(place.resolve(one).resolve("interface")));
      }
    }
    return names;
  }

  /** A serial that is longer than any device's is none. */
  private static DeviceIdentity identity(UsbId model, Path folder) throws IOException {
    String serial = text(folder.resolve("serial"));
    try {
      return DeviceIdentity.of(model, serial);
    } catch (IllegalArgumentException e) {
      return new DeviceIdentity(model, SerialNumber.NONE);
    }
  }

  private static UsbId claimed(Path folder) throws IOException {
    try {
      return UsbId.parse(
          text(folder.resolve("idVendor")) + ":" + text(folder.resolve("idProduct")));
    } catch (IllegalArgumentException e) {
      return UsbId.parse("0000:0000");
    }
  }

  /** What is not there is empty: a device need have neither names nor a serial. */
  private static String text(Path file) throws IOException {
    return Files.exists(file)
        ? new String(bytes(file, LONGEST_TEXT), StandardCharsets.UTF_8).strip()
        : "";
  }

  private static byte[] bytes(Path file, int most) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(most);
    }
  }
}
