package uk.usbguard.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import uk.usbguard.cli.console.Confirmation;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.render.Output;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.OpenMode;
import uk.usbguard.core.error.UsbguardException;

/** A command that opens a container with its passphrase or its recovery key. */
abstract class ContainerCommand extends NamedContainerCommand {

  @Mixin final KeyOptions key = new KeyOptions();

  /** Takes how the audit log calls what the command does. */
  ContainerCommand(Workbench bench, AuditAction action) {
    super(bench, action);
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
}
