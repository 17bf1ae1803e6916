package uk.usbguard.cli.command;

import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.container.Container;

/** Adds something that opens a container: a passphrase or a recovery key. */
@Command(name = "add")
final class KeyAddCommand extends ContainerCommand {

  @Option(names = "--type", paramLabel = "TYPE", descriptionKey = "key-type")
  private String slotType = "passphrase";

  @Mixin private final NewPassphraseOptions fresh = new NewPassphraseOptions();
  @Mixin private final RecoveryOptions recovery = new RecoveryOptions();

  KeyAddCommand(Workbench bench) {
    super(bench, AuditAction.KEY_ADD);
  }

  @Override
  void run(Output output) throws Exception {
    KeyAdding adding = new KeyAdding(bench, output, containerPath(), container);
    switch (slotType.toLowerCase(Locale.ROOT)) {
      case "passphrase" -> {
        try (Container opened = openToWrite(output)) {
          adding.passphrase(opened, secrets(), fresh.source());
        }
      }
      case "recovery" -> {
        adding.checkRecovery(recovery);
        try (Container opened = openToWrite(output)) {
          adding.recovery(opened, recovery);
        }
      }
      case "organisation", "recipient" ->
          throw new CommandException(ExitCode.UNSUPPORTED, "slot-type-unsupported", slotType);
      default ->
          throw new CommandException(ExitCode.USAGE, "no-such-slot-type", Printable.name(slotType));
    }
  }
}
