package uk.usbguard.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uk.usbguard.core.error.UsbguardException;
import uk.usbguard.core.registry.Action;
import uk.usbguard.core.registry.AssetTag;
import uk.usbguard.core.registry.Device;
import uk.usbguard.core.registry.DeviceRegister;

/** Approves a drive that somebody else asked for. */
@Command(name = "approve")
final class DeviceApproveCommand extends DeviceDeed {

  @Option(
      names = "--risk-assessment",
      required = true,
      paramLabel = "REFERENCE",
      descriptionKey = "risk-assessment")
  private String riskAssessment = "";

  DeviceApproveCommand(Workbench bench) {
    super(bench, Action.APPROVE);
  }

  @Override
  Device change(DeviceRegister register, AssetTag tag) throws UsbguardException {
    return register.approve(tag, riskAssessment, act());
  }
}
