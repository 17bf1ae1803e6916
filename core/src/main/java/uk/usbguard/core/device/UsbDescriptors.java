package uk.usbguard.core.device;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a device says of itself before anything is loaded for it: the contents of the file {@code
 * descriptors} in sysfs, of all configurations, not only of the chosen one. Readable while the
 * device is not authorised. All of it is firmware data and proves nothing.
 */
public final class UsbDescriptors {

  private final List<RawDescriptor> raw;
  private final List<UsbInterface> interfaces;

  UsbDescriptors(List<RawDescriptor> raw, List<UsbInterface> interfaces) {
    this.raw = List.copyOf(raw);
    this.interfaces = List.copyOf(interfaces);
  }

  /**
   * Reads a device descriptor and all configurations that follow it.
   *
   * @throws MalformedDescriptorsException if they do not add up to the last byte
   */
  public static UsbDescriptors parse(byte[] blob) throws MalformedDescriptorsException {
    return new DescriptorParser(blob).parse();
  }

  /** Vendor and product number. */
  public UsbId id() {
    return new UsbId(device().u16(8), device().u16(10));
  }

  /** The maker's number of the release, binary coded decimal. */
  public int release() {
    return device().u16(12);
  }

  /** The class of the device itself; 00 says that each interface has its own. */
  public InterfaceClass deviceClass() {
    return new InterfaceClass(device().u8(4), device().u8(5), device().u8(6));
  }

  /** Every alternate setting of every interface of every configuration, in the device's order. */
  public List<UsbInterface> interfaces() {
    return interfaces;
  }

  /** The kinds of interface there are. */
  public SortedSet<InterfaceClass> classes() {
    SortedSet<InterfaceClass> classes = new TreeSet<>();
    interfaces.forEach(one -> classes.add(one.type()));
    return Collections.unmodifiableSortedSet(classes);
  }

  /** What stays the same in every port, for the digest. */
  public DescriptorDigest digest() {
    return DescriptorDigest.of(raw);
  }

  private RawDescriptor device() {
    return raw.get(0);
  }
}
