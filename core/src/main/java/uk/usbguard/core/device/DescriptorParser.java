package uk.usbguard.core.device;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.device.MalformedDescriptorsException.Reason;

/**
 * Takes a blob apart. Each step consumes at least two bytes and the blob is capped, so it ends; a
 * blob that is not wholly understood is refused, because what is skipped could be an interface.
 */
final class DescriptorParser {

  /** The most that Linux reads: a device and eight configurations of at most 65,535 bytes. */
  static final int LARGEST = 18 + 8 * 0xFFFF;

  static final int MOST_INTERFACES = 4096;

  private final byte[] blob;
  private final List<RawDescriptor> raw = new ArrayList<>();
  private final List<UsbInterface> interfaces = new ArrayList<>();
  private @Nullable RawDescriptor open;
  private final List<UsbInterface.Endpoint> endpoints = new ArrayList<>();
  private int configuration;

  DescriptorParser(byte[] blob) {
    this.blob = blob.clone();
  }

  UsbDescriptors parse() throws MalformedDescriptorsException {
    if (blob.length > LARGEST) {
      throw new MalformedDescriptorsException(Reason.TOO_LARGE, 0);
    }
    RawDescriptor device = RawDescriptor.at(blob, 0, blob.length);
    if (device.type() != RawDescriptor.DEVICE) {
      throw new MalformedDescriptorsException(Reason.NO_DEVICE, 0);
    }
    raw.add(device);
    int configurations = 0;
    int offset = device.end();
    while (offset < blob.length) {
      offset = configurationAt(offset);
      configurations++;
    }
    if (configurations == 0 || configurations != device.u8(17)) {
      throw new MalformedDescriptorsException(Reason.CONFIGURATIONS, offset);
    }
    return new UsbDescriptors(raw, interfaces);
  }

  private int configurationAt(int offset) throws MalformedDescriptorsException {
    RawDescriptor head = RawDescriptor.at(blob, offset, blob.length);
    if (head.type() != RawDescriptor.CONFIGURATION) {
      throw new MalformedDescriptorsException(Reason.MISPLACED, offset);
    }
    int total = head.u16(2);
    if (total < head.length() || total > blob.length - offset) {
      throw new MalformedDescriptorsException(Reason.TRUNCATED, offset);
    }
    configuration = head.u8(5);
    raw.add(head);
    int end = offset + total;
    int next = head.end();
    while (next < end) {
      RawDescriptor one = RawDescriptor.at(blob, next, end);
      take(one);
      next = one.end();
    }
    closeInterface();
    return end;
  }

  private void take(RawDescriptor one) throws MalformedDescriptorsException {
    switch (one.type()) {
      case RawDescriptor.DEVICE, RawDescriptor.CONFIGURATION ->
          throw new MalformedDescriptorsException(Reason.MISPLACED, one.offset());
      case RawDescriptor.INTERFACE -> {
        closeInterface();
        open = one;
      }
      case RawDescriptor.ENDPOINT -> endpoints.add(UsbInterface.Endpoint.of(one.u8(2), one.u8(3)));
      default -> {
        // belongs to what stands before it, and counts for the digest only
      }
    }
    raw.add(one);
  }

  private void closeInterface() throws MalformedDescriptorsException {
    RawDescriptor one = open;
    if (one == null) {
      endpoints.clear(); // of no interface: no driver will find them
      return;
    }
    if (interfaces.size() == MOST_INTERFACES) {
      throw new MalformedDescriptorsException(Reason.TOO_MANY, one.offset());
    }
    var type = new InterfaceClass(one.u8(5), one.u8(6), one.u8(7));
    interfaces.add(
        new UsbInterface(configuration, one.u8(2), one.u8(3), type, one.u8(8), endpoints));
    open = null;
    endpoints.clear();
  }
}
