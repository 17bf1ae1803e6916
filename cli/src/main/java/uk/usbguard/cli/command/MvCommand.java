package uk.usbguard.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import uk.usbguard.cli.render.Change;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.work.Tidying;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerPath;

/** Renames or moves inside a container. */
@Command(name = "mv")
final class MvCommand extends ContainerCommand {

  @Parameters(index = "1", paramLabel = "FROM", descriptionKey = "mv-from")
  private String from = "";

  @Parameters(index = "2", paramLabel = "TO", descriptionKey = "mv-to")
  private String to = "";

  MvCommand(Workbench bench) {
    super(bench, AuditAction.CONTAINER_CHANGE);
  }

  @Override
  void run(Output output) throws Exception {
    ContainerPath source = ContainerPath.parse(from);
    ContainerPath target = ContainerPath.parse(to);
    Change change;
    try (Container opened = openToWrite(output)) {
      change = new Tidying(opened, container).move(source, target);
    }
    output.result(change);
  }
}
