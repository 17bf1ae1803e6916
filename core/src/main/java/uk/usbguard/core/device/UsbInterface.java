package uk.usbguard.core.device;

import java.util.List;

/**
 * One alternate setting of one interface in one configuration of a device.
 *
 * @param configuration the value that selects the configuration
 * @param name index of its string descriptor, 0 if it has none
 */
public record UsbInterface(
    int configuration,
    int number,
    int alternate,
    InterfaceClass type,
    int name,
    List<Endpoint> endpoints) {

  /** Keeps its own copy. */
  public UsbInterface {
    endpoints = List.copyOf(endpoints);
  }

  /** A pipe of the interface: {@code IN} is towards the PC. */
  public enum Endpoint {
    /** Control, both ways. */
    CONTROL,
    /** Isochronous. */
    ISOCHRONOUS_IN,
    /** Isochronous. */
    ISOCHRONOUS_OUT,
    /** What data goes through. */
    BULK_IN,
    /** What data goes through. */
    BULK_OUT,
    /** Events. */
    INTERRUPT_IN,
    /** Events. */
    INTERRUPT_OUT;

    static Endpoint of(int address, int attributes) {
      boolean in = (address & 0x80) != 0;
      return switch (attributes & 3) {
        case 0 -> CONTROL;
        case 1 -> in ? ISOCHRONOUS_IN : ISOCHRONOUS_OUT;
        case 2 -> in ? BULK_IN : BULK_OUT;
        default -> in ? INTERRUPT_IN : INTERRUPT_OUT;
      };
    }
  }
}
