package uk.usbguard.cli.command;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import uk.usbguard.cli.console.SecretSource;
import uk.usbguard.cli.console.Waiting;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.Change;
import uk.usbguard.cli.render.Output;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.Credential;
import uk.usbguard.core.container.OpenMode;
import uk.usbguard.core.error.UsbguardException;
import uk.usbguard.core.secret.Passphrase;

/** Changes the passphrase of a container: only the wrapped key is written anew. */
@Command(name = "passphrase")
final class PassphraseCommand extends NamedContainerCommand {

  @Mixin private final PresentPassphraseOptions present = new PresentPassphraseOptions();
  @Mixin private final NewPassphraseOptions fresh = new NewPassphraseOptions();

  PassphraseCommand(Workbench bench) {
    super(bench, AuditAction.PASSPHRASE_CHANGE);
  }

  @Override
  void run(Output output) throws Exception {
    SecretSource source = present.source();
    bench.interruption().working();
    var access = new ContainerAccess(bench, output, containerPath(), container);
    access.withPassphrase(
        source,
        credential -> {
          try (Container opened = access.open(credential, OpenMode.READ_WRITE)) {
            isAbout(subject().withId(opened.id()));
            change(opened, credential, output);
          }
        });
    output.result(new Change("passphrase", container, List.of(), 0, 0));
  }

  private void change(Container opened, Credential old, Output output)
      throws IOException, UsbguardException {
    try (Passphrase next =
        secrets()
            .newPassphrase(fresh.source(), shownName(), bench.passphraseRules(containerPath()))) {
      if (old instanceof Credential.ByPassphrase one && one.passphrase().matches(next)) {
        throw new CommandException(ExitCode.USAGE, "same-passphrase");
      }
      Waiting waiting = output.derivingKey();
      try {
        opened.replacePassphrase(Slots.current(opened), next, bench.createOptions().get().cost());
      } finally {
        waiting.over();
      }
    }
  }
}
