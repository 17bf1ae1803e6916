package uk.usbguard.cli.command;

import picocli.CommandLine.Command;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.work.Facts;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.container.Container;

/** Lists what can open a container. */
@Command(name = "list")
final class KeyListCommand extends ContainerCommand {

  KeyListCommand(Workbench bench) {
    super(bench, AuditAction.CONTAINER_READ);
  }

  @Override
  void run(Output output) throws Exception {
    try (Container opened = openToRead(output)) {
      output.result(Facts.slots(container, opened.slots()));
    }
  }
}
