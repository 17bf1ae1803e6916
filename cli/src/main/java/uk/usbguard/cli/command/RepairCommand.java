package uk.usbguard.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import uk.usbguard.cli.console.Progress;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.work.Repairing;
import uk.usbguard.cli.work.Surroundings;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.check.Repair;

/** Puts right what can be, and says what cannot. */
@Command(name = "repair")
final class RepairCommand extends ContainerCommand {

  @Option(names = "--dry-run", descriptionKey = "repair-dry-run")
  private boolean dryRun;

  RepairCommand(Workbench bench) {
    super(bench, AuditAction.CONTAINER_REPAIR);
  }

  @Override
  void run(Output output) throws Exception {
    Surroundings surroundings = options.surroundings(bench, false);
    Progress progress = surroundings.progress();
    new ContainerAccess(bench, output, containerPath(), container)
        .with(
            key,
            credential ->
                new Repairing(surroundings)
                    .run(
                        new Repair(
                            containerPath(), credential, bench.environment(), progress::advanced),
                        container,
                        dryRun)
                    .deliver(output));
  }
}
