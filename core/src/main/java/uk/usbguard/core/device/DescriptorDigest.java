package uk.usbguard.core.device;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import uk.usbguard.core.crypto.Sha256;

/**
 * SHA-256 over what a device's descriptors say, in the canonical form of docs/devices.md. What
 * depends on the port only (USB version, packet sizes, SuperSpeed companions, power) is left out: a
 * device that differs in nothing else has one digest in USB 2 and USB 3 ports. One that does show
 * other interfaces or endpoints has one digest for each.
 *
 * @param hex 64 digits, lower case
 */
public record DescriptorDigest(String hex) {

  private static final Pattern TEXT = Pattern.compile("[0-9a-f]{64}");
  private static final String LABEL = "usbguard descriptor digest 1";

  /** Refuses what is no digest. */
  public DescriptorDigest {
    if (!TEXT.matcher(hex).matches()) {
      throw new IllegalArgumentException("not 64 hexadecimal digits");
    }
  }

  static DescriptorDigest of(List<RawDescriptor> raw) {
    byte[] digest = new Sha256().digest(canonical(raw));
    return new DescriptorDigest(HexFormat.of().formatHex(digest));
  }

  /** The label and each descriptor that counts, each with its length (two bytes) before it. */
  static byte[] canonical(List<RawDescriptor> raw) {
    var out = new ByteArrayOutputStream();
    append(out, LABEL.getBytes(StandardCharsets.US_ASCII));
    for (RawDescriptor one : raw) {
      if (!isCompanion(one)) {
        append(out, stable(one));
      }
    }
    return out.toByteArray();
  }

  private static boolean isCompanion(RawDescriptor one) {
    return one.type() == RawDescriptor.SUPERSPEED_COMPANION
        || one.type() == RawDescriptor.SUPERSPEED_PLUS_COMPANION;
  }

  private static byte[] stable(RawDescriptor one) {
    var kept = new ByteArrayOutputStream(one.length());
    for (int i = 0; i < one.length(); i++) {
      if (!dependsOnPort(one.type(), i)) {
        kept.write(one.u8(i));
      }
    }
    return kept.toByteArray();
  }

  private static boolean dependsOnPort(int type, int index) {
    return switch (type) {
      case RawDescriptor.DEVICE -> index == 2 || index == 3 || index == 7; // bcdUSB, packet size
      case RawDescriptor.CONFIGURATION -> index == 2 || index == 3 || index == 8; // total, power
      case RawDescriptor.ENDPOINT -> index >= 4 && index <= 6; // packet size, interval
      default -> false;
    };
  }

  private static void append(ByteArrayOutputStream out, byte[] item) {
    out.write(item.length >> 8);
    out.write(item.length);
    out.writeBytes(item);
  }
}
