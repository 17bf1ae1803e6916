package uk.usbguard.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import uk.usbguard.cli.render.AuditHeadLine;
import uk.usbguard.cli.render.AuditLine;
import uk.usbguard.cli.render.Output;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.audit.AuditFilter;
import uk.usbguard.core.audit.AuditReader;

/** Shows what is recorded, oldest first. */
@Command(name = "show")
final class AuditShowCommand extends BaseCommand {

  @Mixin private final AuditOptions audit = new AuditOptions();
  @Mixin private final AuditFilterOptions filters = new AuditFilterOptions();

  @Option(names = "--head", descriptionKey = "audit-head")
  private boolean head;

  AuditShowCommand(Workbench bench) {
    super(bench);
  }

  @Override
  Optional<Audited> audited() {
    return Optional.of(Audited.reading(AuditAction.AUDIT_SHOW, audit));
  }

  @Override
  void run(Output output) throws Exception {
    Path folder = audit.folder(bench);
    if (head) {
      output.result(AuditHeadLine.of(folder, new AuditVerifying(bench).run(folder)));
      return;
    }
    AuditFilter filter = filters.filter(bench, output);
    long unreadable =
        new AuditReader(folder, bench.random().get())
            .before(recordedFrom())
            .read(filter, event -> output.result(new AuditLine(event)));
    if (unreadable > 0) {
      output.warning("audit-unreadable", unreadable);
    }
  }
}
