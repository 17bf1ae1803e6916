package uk.usbguard.cli.command;

import picocli.CommandLine.Command;
import uk.usbguard.core.error.UsbguardException;
import uk.usbguard.core.registry.Act;
import uk.usbguard.core.registry.Action;
import uk.usbguard.core.registry.AssetTag;
import uk.usbguard.core.registry.Device;
import uk.usbguard.core.registry.DeviceRegister;

/** A change of state that needs nothing but a reason. Its name is set where it is built. */
@Command
final class DeviceSimpleCommand extends DeviceDeed {

  /** What the register is asked to do. */
  @FunctionalInterface
  interface Deed {
    Device run(DeviceRegister register, AssetTag tag, Act act) throws UsbguardException;
  }

  private final Deed deed;

  DeviceSimpleCommand(Workbench bench, Action action, Deed deed) {
    super(bench, action);
    this.deed = deed;
  }

  @Override
  Device change(DeviceRegister register, AssetTag tag) throws UsbguardException {
    return deed.run(register, tag, act());
  }
}
