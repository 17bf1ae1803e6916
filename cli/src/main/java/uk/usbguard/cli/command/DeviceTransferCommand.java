package uk.usbguard.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import uk.usbguard.core.error.UsbguardException;
import uk.usbguard.core.registry.Action;
import uk.usbguard.core.registry.AssetTag;
import uk.usbguard.core.registry.Device;
import uk.usbguard.core.registry.DeviceRegister;

/** Gives a drive to another owner or manager. */
@Command(name = "transfer")
final class DeviceTransferCommand extends DeviceDeed {

  @Mixin private final HolderOptions holder = new HolderOptions();

  DeviceTransferCommand(Workbench bench) {
    super(bench, Action.TRANSFER);
  }

  @Override
  Device change(DeviceRegister register, AssetTag tag) throws UsbguardException {
    return register.transfer(tag, holder.holder(register), act());
  }
}
