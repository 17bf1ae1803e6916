package uk.usbguard.cli.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.render.Removed;
import uk.usbguard.cli.work.Outcome;
import uk.usbguard.cli.work.Surroundings;
import uk.usbguard.cli.work.Tidying;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.ContainerPath;

/** Removes files, or with -r folders with all that is in them. */
@Command(name = "rm")
final class RmCommand extends ContainerCommand {

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "PATH", descriptionKey = "rm-paths")
  private List<String> paths = new ArrayList<>();

  @Option(
      names = {"-r", "--recursive"},
      descriptionKey = "rm-recursive")
  private boolean recursive;

  @Option(names = "--yes", descriptionKey = "yes")
  private boolean yes;

  RmCommand(Workbench bench) {
    super(bench, AuditAction.CONTAINER_CHANGE);
  }

  @Override
  void run(Output output) throws Exception {
    List<ContainerPath> wanted = new ArrayList<>();
    for (String path : paths) {
      wanted.add(ContainerPath.parse(path));
    }
    confirm(yes || !recursive, "confirm.rm");
    Removed removed;
    Surroundings surroundings = options.surroundings(bench, false);
    try (Container opened = openToWrite(output)) {
      removed = new Tidying(opened, container).remove(wanted, recursive, surroundings);
    } finally {
      surroundings.progress().finished();
    }
    Outcome.unlessInterrupted(removed, removed.interrupted()).deliver(output);
  }
}
