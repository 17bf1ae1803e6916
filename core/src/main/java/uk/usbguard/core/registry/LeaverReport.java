package uk.usbguard.core.registry;

import java.util.List;

/**
 * What somebody who leaves still has: LEAV-01.
 *
 * @param suspended what was suspended just now
 * @param devices everything that is entered for them
 */
public record LeaverReport(String owner, List<Device> suspended, List<Device> devices) {

  /** Copies the lists. */
  public LeaverReport {
    suspended = List.copyOf(suspended);
    devices = List.copyOf(devices);
  }

  /** What still has to be given back or reported lost. */
  public List<Device> outstanding() {
    return devices.stream().filter(device -> device.state().isOutstanding()).toList();
  }

  /** Whether nothing is outstanding. */
  public boolean isClosed() {
    return outstanding().isEmpty();
  }
}
