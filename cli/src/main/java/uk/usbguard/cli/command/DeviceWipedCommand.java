package uk.usbguard.cli.command;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uk.usbguard.core.error.UsbguardException;
import uk.usbguard.core.registry.Action;
import uk.usbguard.core.registry.AssetTag;
import uk.usbguard.core.registry.Device;
import uk.usbguard.core.registry.DeviceRegister;

/** Records how a wipe ended. */
@Command(name = "wiped")
final class DeviceWipedCommand extends DeviceDeed {

  @Option(names = "--method", paramLabel = "TEXT", descriptionKey = "wipe-method")
  private String method = "";

  @ArgGroup(multiplicity = "1")
  private final End end = new End();

  /** Exactly one. */
  static final class End {
    @Option(
        names = "--certificate",
        required = true,
        paramLabel = "REFERENCE",
        descriptionKey = "wipe-certificate")
    private String certificate = "";

    @Option(names = "--failed", required = true, descriptionKey = "wipe-failed")
    private boolean failed;
  }

  DeviceWipedCommand(Workbench bench) {
    super(bench, Action.WIPED);
  }

  @Override
  String action() {
    return end.failed ? "wipe-failed" : super.action();
  }

  @Override
  Device change(DeviceRegister register, AssetTag tag) throws UsbguardException {
    return end.failed
        ? register.wipeFailed(tag, act())
        : register.wiped(tag, method, end.certificate, act());
  }
}
