package uk.usbguard.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import uk.usbguard.cli.render.Output;
import uk.usbguard.core.device.ContainerFingerprint;
import uk.usbguard.core.error.BugException;
import uk.usbguard.core.error.UsbguardException;
import uk.usbguard.core.registry.Action;
import uk.usbguard.core.registry.AssetTag;
import uk.usbguard.core.registry.Device;
import uk.usbguard.core.registry.DeviceRegister;

/** Records which container is on a drive. */
@Command(name = "container")
final class DeviceContainerCommand extends DeviceDeed {

  @ArgGroup(multiplicity = "1")
  private final FingerprintOptions wanted = new FingerprintOptions();

  private @Nullable ContainerFingerprint container;

  DeviceContainerCommand(Workbench bench) {
    super(bench, Action.CONTAINER);
  }

  @Override
  void run(DeviceRegister register, Output output) throws Exception {
    container = wanted.read(bench);
    super.run(register, output);
  }

  @Override
  Device change(DeviceRegister register, AssetTag tag) throws UsbguardException {
    ContainerFingerprint read = container;
    if (read == null) {
      throw new BugException("not read");
    }
    return register.contain(tag, read, act());
  }
}
