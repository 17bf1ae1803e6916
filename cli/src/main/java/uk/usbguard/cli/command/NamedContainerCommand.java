package uk.usbguard.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.audit.AuditSubject;

/** A command whose first word is a container that is there already. */
abstract class NamedContainerCommand extends BaseCommand {

  @Parameters(index = "0", paramLabel = "CONTAINER", descriptionKey = "container")
  String container = "";

  @Mixin final AuditOptions audit = new AuditOptions();

  private final AuditAction action;

  /** Takes how the audit log calls what the command does. */
  NamedContainerCommand(Workbench bench, AuditAction action) {
    super(bench);
    this.action = action;
  }

  @Override
  final Optional<Audited> audited() {
    return Optional.of(new Audited(action, subject(), audit));
  }

  final AuditSubject subject() {
    return AuditSubject.of(AuditSubject.Kind.CONTAINER).withName(bench.name(container));
  }

  final Path containerPath() {
    return bench.path(container);
  }

  /** The container's name for prompts. */
  final String shownName() {
    return Printable.name(container);
  }
}
