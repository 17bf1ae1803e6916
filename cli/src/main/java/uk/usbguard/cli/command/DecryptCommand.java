package uk.usbguard.cli.command;

import java.util.ArrayList;
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

/** Takes everything, or some paths, out of a container. */
@Command(name = "decrypt")
final class DecryptCommand extends ContainerCommand {

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "PATH", descriptionKey = "paths")
  private List<String> paths = new ArrayList<>();

  @Option(names = "--to", paramLabel = "DIR", required = true, descriptionKey = "to-folder")
  private String to = "";

  @Mixin private final ExportOptions exports = new ExportOptions();

  DecryptCommand(Workbench bench) {
    super(bench, AuditAction.CONTAINER_EXPORT);
  }

  @Override
  void run(Output output) throws Exception {
    List<ContainerPath> wanted = new ArrayList<>();
    for (String path : paths) {
      wanted.add(ContainerPath.parse(path));
    }
    ExportPlan plan = exports.plan(container, wanted, bench.path(to), bench.osName());
    try (Container opened = openToRead(output)) {
      new Exporting(plan, options.surroundings(bench, exports.isStrict()))
          .run(opened, "decrypt")
          .deliver(output);
    }
  }
}
