package uk.usbguard.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.AuditVerified;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.core.audit.AuditHead;
import uk.usbguard.core.audit.AuditReport;

/** Reads all of an audit log and says where it is not as it was written. */
@Command(name = "verify")
final class AuditVerifyCommand extends BaseCommand {

  @Mixin private final AuditOptions audit = new AuditOptions();

  @Option(names = "--key", paramLabel = "FILE", descriptionKey = "audit-key")
  private @Nullable String key;

  @Option(names = "--head", paramLabel = "HEAD", descriptionKey = "audit-known-head")
  private @Nullable String head;

  @Option(names = "--first-file", paramLabel = "N", descriptionKey = "audit-first-file")
  private int firstFile = 1;

  AuditVerifyCommand(Workbench bench) {
    super(bench);
  }

  @Override
  void run(Output output) throws Exception {
    AuditVerifying verifying =
        new AuditVerifying(bench).with(key == null ? null : bench.path(key)).from(firstFile);
    if (head != null) {
      verifying.with(
          AuditHead.parse(head)
              .orElseThrow(
                  () ->
                      new CommandException(
                          ExitCode.USAGE, "no-such-head", Printable.name(String.valueOf(head)))));
    }
    AuditReport report = verifying.run(audit.folder(bench));
    output.result(AuditVerified.of(report));
    if (!report.isSound()) {
      throw new CommandException(ExitCode.DAMAGED, "audit-not-sound");
    }
  }
}
