package uk.usbguard.cli.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import uk.usbguard.cli.console.Waiting;
import uk.usbguard.cli.render.Change;
import uk.usbguard.cli.render.Output;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.secret.Passphrase;

/** Changes the passphrase of a container: only the wrapped key is written anew. */
@Command(name = "passphrase")
final class PassphraseCommand extends ContainerCommand {

  @Mixin private final NewPassphraseOptions fresh = new NewPassphraseOptions();

  PassphraseCommand(Workbench bench) {
    super(bench, AuditAction.PASSPHRASE_CHANGE);
  }

  @Override
  void run(Output output) throws Exception {
    refuseRecoveryKey();
    try (Container opened = openToWrite(output);
        Passphrase next =
            secrets()
                .newPassphrase(
                    fresh.source(), shownName(), bench.passphraseRules(containerPath()))) {
      int current = Slots.current(opened);
      Waiting waiting = output.derivingKey();
      try {
        opened.replacePassphrase(current, next, bench.createOptions().get().cost());
      } finally {
        waiting.over();
      }
    }
    output.result(new Change("passphrase", container, List.of(), 0, 0));
  }
}
