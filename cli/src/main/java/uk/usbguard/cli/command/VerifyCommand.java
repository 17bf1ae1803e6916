package uk.usbguard.cli.command;

import picocli.CommandLine.Command;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.work.Verifying;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.container.Container;

/** Reads everything and lists what is damaged. */
@Command(name = "verify")
final class VerifyCommand extends ContainerCommand {

  VerifyCommand(Workbench bench) {
    super(bench, AuditAction.CONTAINER_VERIFY);
  }

  @Override
  void run(Output output) throws Exception {
    try (Container opened = openToRead(output)) {
      new Verifying(options.surroundings(bench, false)).run(opened, container).deliver(output);
    }
  }
}
