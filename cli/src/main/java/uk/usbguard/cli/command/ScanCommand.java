package uk.usbguard.cli.command;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.work.Scanning;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.audit.AuditSubject;
import uk.usbguard.core.media.Patience;

/** Says what is really on a medium. */
@Command(name = "scan")
final class ScanCommand extends BaseCommand {

  @Parameters(index = "0", paramLabel = "TARGET", descriptionKey = "scan-target")
  private String target = "";

  @Option(names = "--hardware-encrypted", descriptionKey = "hardware-encrypted")
  private boolean hardwareEncrypted;

  @Mixin private final AuditOptions audit = new AuditOptions();

  ScanCommand(Workbench bench) {
    super(bench);
  }

  @Override
  Optional<Audited> audited() {
    return Optional.of(
        new Audited(
            AuditAction.MEDIUM_SCAN,
            AuditSubject.of(AuditSubject.Kind.MEDIUM).withName(bench.name(target)),
            audit));
  }

  @Override
  void run(Output output) throws Exception {
    new Scanning(hardwareEncrypted, Patience.usual(bench.nanoTime()))
        .run(bench.path(target), target)
        .deliver(output);
  }
}
