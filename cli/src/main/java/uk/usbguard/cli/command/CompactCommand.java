package uk.usbguard.cli.command;

import picocli.CommandLine.Command;
import uk.usbguard.cli.console.Progress;
import uk.usbguard.cli.render.Compacted;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.work.Outcome;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.container.CompactResult;
import uk.usbguard.core.container.Container;

/** Gives free space back to the drive. */
@Command(name = "compact")
final class CompactCommand extends ContainerCommand {

  CompactCommand(Workbench bench) {
    super(bench, AuditAction.CONTAINER_COMPACT);
  }

  @Override
  void run(Output output) throws Exception {
    CompactResult result;
    Progress progress = options.progress(bench);
    try (Container opened = openToWrite(output)) {
      result = opened.compact(progress::advanced);
    } finally {
      progress.finished();
    }
    Compacted report =
        new Compacted(container, result.bytesBefore(), result.bytesAfter(), !result.complete());
    Outcome.unlessInterrupted(report, report.interrupted()).deliver(output);
  }
}
