package uk.usbguard.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import uk.usbguard.cli.render.Output;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerPath;
import uk.usbguard.core.container.FileReader;

/** Writes a file of the container to standard output, without a copy on any disk. */
@Command(name = "cat")
final class CatCommand extends ContainerCommand {

  @Parameters(index = "1", paramLabel = "PATH", descriptionKey = "path")
  private String path = "";

  CatCommand(Workbench bench) {
    super(bench, AuditAction.CONTAINER_READ);
  }

  @Override
  void run(Output output) throws Exception {
    ContainerPath wanted = ContainerPath.parse(path);
    try (Container opened = openToRead(output)) {
      FileReader reader = opened.openFile(wanted);
      bench.terminal().out().flush();
      reader.transferTo(bench.terminal().rawOut());
    }
  }
}
