package uk.usbguard.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import uk.usbguard.cli.render.AuditHeadLine;
import uk.usbguard.cli.render.Output;
import uk.usbguard.core.audit.AuditLog;

/** Begins an audit log. */
@Command(name = "begin")
final class AuditBeginCommand extends BaseCommand {

  @Mixin private final AuditOptions audit = new AuditOptions();

  AuditBeginCommand(Workbench bench) {
    super(bench);
  }

  @Override
  void run(Output output) throws Exception {
    var folder = audit.folder(bench);
    AuditLog.open(folder, bench.audit()).close();
    output.result(AuditHeadLine.of(folder, new AuditVerifying(bench).run(folder)));
  }
}
