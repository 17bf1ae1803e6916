package uk.usbguard.core.device;

import java.util.List;

/**
 * What else is known of a device that its descriptors do not say.
 *
 * @param interfaceNames the names of its interfaces, as far as they could be read
 * @param optical one of its logical units says that it is a CD or DVD drive
 * @param removableMedium one of its logical units takes cards or disks that can be changed
 */
public record ShapeHints(List<String> interfaceNames, boolean optical, boolean removableMedium) {

  /** Nothing else is known, as before the device is authorised. */
  public static final ShapeHints NONE = new ShapeHints(List.of(), false, false);

  /** Keeps its own copy. */
  public ShapeHints {
    interfaceNames = List.copyOf(interfaceNames);
  }
}
