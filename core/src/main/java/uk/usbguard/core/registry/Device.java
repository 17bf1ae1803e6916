package uk.usbguard.core.registry;

import uk.usbguard.core.device.LifecycleState;

/** An entry of the register. */
public record Device(
    AssetTag tag,
    Hardware hardware,
    Holder holder,
    Justification justification,
    Standing standing,
    Paperwork paperwork) {

  /** Where it stands in its life. */
  public LifecycleState state() {
    return standing.state();
  }

  Device with(Hardware given) {
    return new Device(tag, given, holder, justification, standing, paperwork);
  }

  Device with(Holder given) {
    return new Device(tag, hardware, given, justification, standing, paperwork);
  }

  Device with(Standing given) {
    return new Device(tag, hardware, holder, justification, given, paperwork);
  }

  Device with(Paperwork given) {
    return new Device(tag, hardware, holder, justification, standing, given);
  }
}
