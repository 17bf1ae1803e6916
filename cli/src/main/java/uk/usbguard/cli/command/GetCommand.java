package uk.usbguard.cli.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.work.ExportPlan;
import uk.usbguard.cli.work.Exporting;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerPath;

/** Takes one file or folder out of a container. */
@Command(name = "get")
final class GetCommand extends ContainerCommand {

  @Parameters(index = "1", paramLabel = "PATH", descriptionKey = "path")
  private String path = "";

  @Option(names = "--to", paramLabel = "DIR", descriptionKey = "to-folder-here")
  private String to = "";

  @Mixin private final ExportOptions exports = new ExportOptions();

  GetCommand(Workbench bench) {
    super(bench, AuditAction.CONTAINER_EXPORT);
  }

  @Override
  void run(Output output) throws Exception {
    ContainerPath wanted = ContainerPath.parse(path);
    List<ContainerPath> paths = wanted.equals(ContainerPath.ROOT) ? List.of() : List.of(wanted);
    ExportPlan plan = exports.plan(container, paths, bench.path(to), bench.osName());
    try (Container opened = openToRead(output)) {
      new Exporting(plan, options.surroundings(bench, exports.isStrict()))
          .run(opened, "get")
          .deliver(output);
    }
  }
}
