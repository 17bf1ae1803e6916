package uk.usbguard.core.device;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Writes descriptors as the tables of USB 2.0, 9.6 say, also ones that no device should have. */
public final class Blob {

  private final UsbId id;
  private final List<byte[]> configurations = new ArrayList<>();
  private int usb = 0x0200;
  private int packetSize = 64;
  private int power = 50;

  private Blob(UsbId id) {
    this.id = id;
  }

  /** A device without configurations. */
  public static Blob of(String id) {
    return new Blob(UsbId.parse(id));
  }

  /** A device with one configuration of these interfaces: {@code 08/06/50}. */
  public static Blob with(String... interfaces) {
    return of("0951:1666").configuration(interfaces);
  }

  /** One more configuration. */
  public Blob configuration(String... interfaces) {
    var body = new ByteArrayOutputStream();
    int number = 0;
    for (String one : interfaces) {
      body.writeBytes(anInterface(number++, 0, one, 0x81, 2));
    }
    return rawConfiguration(interfaces.length, body.toByteArray());
  }

  /** One more configuration of these bytes. */
  public Blob rawConfiguration(int interfaces, byte[] body) {
    byte[] head = {
      9, 2, 0, 0, (byte) interfaces, (byte) (configurations.size() + 1), 0, (byte) 0x80, 0
    };
    var all = new ByteArrayOutputStream();
    all.writeBytes(head);
    all.writeBytes(body);
    byte[] made = all.toByteArray();
    made[2] = (byte) made.length;
    made[3] = (byte) (made.length >> 8);
    configurations.add(made);
    return this;
  }

  /** In another port: version, packet size of endpoint 0, power. */
  public Blob port(int bcdUsb, int size, int milliampereUnits) {
    usb = bcdUsb;
    packetSize = size;
    power = milliampereUnits;
    return this;
  }

  /** The bytes that sysfs has. */
  public byte[] bytes() {
    var all = new ByteArrayOutputStream();
    all.writeBytes(
        new byte[] {
          18,
          1,
          (byte) usb,
          (byte) (usb >> 8),
          0,
          0,
          0,
          (byte) packetSize,
          (byte) id.vendor(),
          (byte) (id.vendor() >> 8),
          (byte) id.product(),
          (byte) (id.product() >> 8),
          0,
          1,
          1,
          2,
          3,
          (byte) configurations.size()
        });
    for (byte[] one : configurations) {
      byte[] copy = one.clone();
      copy[8] = (byte) power;
      all.writeBytes(copy);
    }
    return all.toByteArray();
  }

  /** An interface with endpoints: address and attributes in turn. */
  static byte[] anInterface(int number, int alternate, String type, int... endpoints) {
    byte[] codes = HexFormat.ofDelimiter("/").parseHex(type);
    var out = new ByteArrayOutputStream();
    out.writeBytes(
        new byte[] {9, 4, (byte) number, (byte) alternate, (byte) (endpoints.length / 2)});
    out.writeBytes(codes);
    out.write(0);
    for (int i = 0; i < endpoints.length; i += 2) {
      out.writeBytes(new byte[] {7, 5, (byte) endpoints[i], (byte) endpoints[i + 1], 0, 2, 0});
    }
    return out.toByteArray();
  }

  static byte[] joined(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
