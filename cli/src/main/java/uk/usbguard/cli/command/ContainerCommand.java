package uk.usbguard.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import uk.usbguard.cli.console.Confirmation;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.audit.AuditSubject;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.OpenMode;
import uk.usbguard.core.error.UsbguardException;

/** A command on a container that is there already. */
abstract class ContainerCommand extends BaseCommand {

  @Parameters(index = "0", paramLabel = "CONTAINER", descriptionKey = "container")
  String container = "";

  @Mixin final KeyOptions key = new KeyOptions();

  @Mixin final AuditOptions audit = new AuditOptions();

  private final AuditAction action;

  /** Takes how the audit log calls what the command does. */
  ContainerCommand(Workbench bench, AuditAction action) {
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

  final Container openToRead(Output output) throws IOException, UsbguardException {
    return open(output, OpenMode.READ_ONLY);
  }

  final Container openToWrite(Output output) throws IOException, UsbguardException {
    bench.interruption().working();
    return open(output, OpenMode.READ_WRITE);
  }

  private Container open(Output output, OpenMode mode) throws IOException, UsbguardException {
    Container opened =
        new ContainerAccess(bench, output, containerPath(), container).open(key, mode);
    isAbout(subject().withId(opened.id()));
    return opened;
  }

  /** Asks for the container's name unless a script has said yes. */
  final void confirm(boolean yes, String question) throws IOException, CommandException {
    if (!yes) {
      Path name = containerPath().getFileName();
      new Confirmation(bench.terminal(), bench.texts()).typed(question, String.valueOf(name));
    }
  }

  /** The container's name for prompts. */
  final String shownName() {
    return Printable.name(container);
  }

  /** For commands in which only a passphrase makes sense. */
  final void refuseRecoveryKey() throws CommandException {
    if (key.isRecovery()) {
      throw new CommandException(ExitCode.USAGE, "needs-passphrase");
    }
  }
}
