package uk.usbguard.cli.command;

import picocli.CommandLine.Command;
import uk.usbguard.cli.render.OrganisationReport;
import uk.usbguard.cli.render.Output;
import uk.usbguard.core.registry.DeviceRegister;

/** Shows whose register it is and what its rules are. */
@Command(name = "show")
final class OrgShowCommand extends RegisterCommand {

  OrgShowCommand(Workbench bench) {
    super(bench);
  }

  @Override
  void run(DeviceRegister register, Output output) throws Exception {
    output.result(OrganisationReport.shown(register.settings(), register.decisions()));
  }
}
