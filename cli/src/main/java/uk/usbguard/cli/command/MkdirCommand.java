package uk.usbguard.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.usbguard.cli.render.Change;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.work.Tidying;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerPath;

/** Makes a folder in a container. */
@Command(name = "mkdir")
final class MkdirCommand extends ContainerCommand {

  @Parameters(index = "1", paramLabel = "PATH", descriptionKey = "mkdir-path")
  private String path = "";

  @Option(
      names = {"-p", "--parents"},
      descriptionKey = "mkdir-parents")
  private boolean parents;

  MkdirCommand(Workbench bench) {
    super(bench, AuditAction.CONTAINER_CHANGE);
  }

  @Override
  void run(Output output) throws Exception {
    ContainerPath wanted = ContainerPath.parse(path);
    Change change;
    try (Container opened = openToWrite(output)) {
      change = new Tidying(opened, container).makeFolder(wanted, parents, bench.clock().instant());
    }
    output.result(change);
  }
}
