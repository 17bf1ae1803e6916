package uk.usbguard.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.AuditHeadLine;
import uk.usbguard.cli.render.Output;
import uk.usbguard.core.audit.AuditLog;
import uk.usbguard.core.signing.SignatureAlgorithm;

/** Begins an audit log. */
@Command(name = "begin")
final class AuditBeginCommand extends BaseCommand {

  @Mixin private final AuditOptions audit = new AuditOptions();

  @Mixin private final SignatureProfileOption profile = new SignatureProfileOption();

  AuditBeginCommand(Workbench bench) {
    super(bench);
  }

  @Override
  void run(Output output) throws Exception {
    var folder = audit.folder(bench);
    SignatureAlgorithm wanted = profile.algorithm();
    try (AuditLog log = AuditLog.open(folder, bench.audit().withAlgorithm(wanted))) {
      if (profile.isSaid() && log.algorithm() != wanted) {
        throw new CommandException(
            ExitCode.USAGE, "audit-other-algorithm", log.algorithm().label());
      }
    }
    output.result(AuditHeadLine.of(folder, new AuditVerifying(bench).run(folder)));
  }
}
