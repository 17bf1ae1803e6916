package uk.usbguard.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.work.ImportPlan;
import uk.usbguard.cli.work.Importing;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerPath;
import uk.usbguard.core.error.UsbguardException;

/** Stores files and folders in a container that is there. */
@Command(name = "put")
final class PutCommand extends ContainerCommand {

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "SOURCE", descriptionKey = "source")
  private List<String> sources = new ArrayList<>();

  @Option(names = "--into", paramLabel = "PATH", descriptionKey = "into")
  private String into = "/";

  @Option(names = "--remove-source", descriptionKey = "remove-source")
  private boolean removeSource;

  @Mixin private final ImportOptions imports = new ImportOptions();

  PutCommand(Workbench bench) {
    super(bench, AuditAction.CONTAINER_STORE);
  }

  @Override
  void run(Output output) throws Exception {
    ContainerPath folder = ContainerPath.parse(into);
    List<Path> paths = sources.stream().map(bench::path).toList();
    ImportPlan plan =
        new ImportPlan(containerPath(), null, paths, folder, imports.conflicts(), removeSource);
    Importing importing = new Importing(plan, options.surroundings(bench, imports.isStrict()));
    importing.checkBeforehand();
    importing
        .run(() -> opened(output, folder), () -> new Importing.Labels("put", false, null, null))
        .deliver(output);
  }

  private Container opened(Output output, ContainerPath folder)
      throws IOException, UsbguardException {
    Container opened = openToWrite(output);
    if (!folder.equals(ContainerPath.ROOT)) {
      opened.makeFolders(folder);
    }
    return opened;
  }
}
