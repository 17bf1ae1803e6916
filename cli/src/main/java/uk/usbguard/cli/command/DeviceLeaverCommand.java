package uk.usbguard.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import uk.usbguard.cli.render.LeaverSummary;
import uk.usbguard.cli.render.Output;
import uk.usbguard.core.registry.DeviceRegister;

/** Suspends everything of somebody who leaves, and lists what has to come back. */
@Command(name = "leaver")
final class DeviceLeaverCommand extends RegisterCommand {

  @Parameters(index = "0", paramLabel = "PERSON", descriptionKey = "leaver-person")
  private String person = "";

  DeviceLeaverCommand(Workbench bench) {
    super(bench);
  }

  @Override
  void run(DeviceRegister register, Output output) throws Exception {
    output.result(LeaverSummary.of(register.leaver(person, act())));
  }
}
