package uk.usbguard.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.work.Listing;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerPath;

/** Lists what is in a container. */
@Command(name = "ls")
final class LsCommand extends ContainerCommand {

  @Parameters(index = "1", arity = "0..1", paramLabel = "PATH", descriptionKey = "ls-path")
  private String path = "/";

  @Option(names = "-l", descriptionKey = "ls-long")
  private boolean detailed;

  @Option(names = "-R", descriptionKey = "ls-recursive")
  private boolean recursive;

  LsCommand(Workbench bench) {
    super(bench, AuditAction.CONTAINER_READ);
  }

  @Override
  void run(Output output) throws Exception {
    ContainerPath wanted = ContainerPath.parse(path);
    try (Container opened = openToRead(output)) {
      new Listing(opened, detailed, recursive).list(wanted, output::result);
    }
  }
}
