package uk.usbguard.cli.command;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uk.usbguard.core.device.LifecycleState;
import uk.usbguard.core.error.UsbguardException;
import uk.usbguard.core.registry.Action;
import uk.usbguard.core.registry.AssetTag;
import uk.usbguard.core.registry.Device;
import uk.usbguard.core.registry.DeviceRegister;

/** Information governance clears a drive that was found. */
@Command(name = "clear")
final class DeviceClearCommand extends DeviceDeed {

  @ArgGroup(multiplicity = "1")
  private final Next next = new Next();

  /** Exactly one. */
  static final class Next {
    @Option(names = "--back-in-use", required = true, descriptionKey = "clear-use")
    private boolean use;

    @Option(names = "--to-be-wiped", required = true, descriptionKey = "clear-wipe")
    @SuppressWarnings("unused") // that it is not the other one says it
    private boolean wipe;
  }

  DeviceClearCommand(Workbench bench) {
    super(bench, Action.CLEAR);
  }

  @Override
  Device change(DeviceRegister register, AssetTag tag) throws UsbguardException {
    LifecycleState to = next.use ? LifecycleState.ISSUED : LifecycleState.RETURNED;
    return register.clear(tag, to, act());
  }
}
