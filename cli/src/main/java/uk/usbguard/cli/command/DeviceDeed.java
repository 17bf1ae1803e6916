package uk.usbguard.cli.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import uk.usbguard.cli.render.Output;
import uk.usbguard.core.audit.AuditSubject;
import uk.usbguard.core.error.UsbguardException;
import uk.usbguard.core.registry.Action;
import uk.usbguard.core.registry.AssetTag;
import uk.usbguard.core.registry.Device;
import uk.usbguard.core.registry.DeviceRegister;

/** A command that does one thing to one drive of the register. */
abstract class DeviceDeed extends RegisterChange {

  @Parameters(index = "0", paramLabel = "DEVICE", descriptionKey = "device")
  private String named = "";

  @Spec private CommandSpec spec;

  DeviceDeed(Workbench bench, Action deed) {
    super(bench, deed);
  }

  /** A tag only if the register knows it: else it may be anything, such as a serial number. */
  @Override
  final AuditSubject subject() {
    return typed(named);
  }

  @Override
  void run(DeviceRegister register, Output output) throws Exception {
    AssetTag tag = tag(register, named);
    isAboutKnown(register, tag);
    Device device = change(register, tag);
    show(register, output, action(), device);
  }

  /** What was done, as JSON shows it. */
  String action() {
    return spec.name();
  }

  /** Does it. */
  abstract Device change(DeviceRegister register, AssetTag tag) throws UsbguardException;
}
