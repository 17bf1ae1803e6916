package uk.usbguard.cli.command;

import picocli.CommandLine.Parameters;
import uk.usbguard.cli.render.Output;
import uk.usbguard.core.error.UsbguardException;
import uk.usbguard.core.registry.AssetTag;
import uk.usbguard.core.registry.Device;
import uk.usbguard.core.registry.DeviceRegister;

/** A command that does one thing to one drive of the register. */
abstract class DeviceDeed extends RegisterCommand {

  @Parameters(index = "0", paramLabel = "DEVICE", descriptionKey = "device")
  private String named = "";

  DeviceDeed(Workbench bench) {
    super(bench);
  }

  @Override
  final void run(DeviceRegister register, Output output) throws Exception {
    Device device = change(register, tag(register, named));
    show(register, output, action(), device);
  }

  /** The name of the command, which JSON shows. */
  abstract String action();

  /** Does it. */
  abstract Device change(DeviceRegister register, AssetTag tag) throws UsbguardException;
}
