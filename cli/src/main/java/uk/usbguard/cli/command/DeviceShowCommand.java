package uk.usbguard.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import uk.usbguard.cli.render.DeviceReport;
import uk.usbguard.cli.render.Output;
import uk.usbguard.core.registry.Device;
import uk.usbguard.core.registry.DeviceRegister;

/** Shows everything about one drive. */
@Command(name = "show")
final class DeviceShowCommand extends RegisterCommand {

  @Parameters(index = "0", paramLabel = "DEVICE", descriptionKey = "device")
  private String named = "";

  DeviceShowCommand(Workbench bench) {
    super(bench);
  }

  @Override
  void run(DeviceRegister register, Output output) throws Exception {
    Device device = register.get(tag(register, named));
    output.result(
        DeviceReport.of("show", device, register.fitness(device), register.history(device.tag())));
  }
}
