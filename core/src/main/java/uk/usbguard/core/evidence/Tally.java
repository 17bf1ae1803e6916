package uk.usbguard.core.evidence;

import uk.usbguard.core.registry.Device;

/** Counts what it needs while every entry of a register goes by once, and holds few of them. */
interface Tally {
  void take(Device device);
}
