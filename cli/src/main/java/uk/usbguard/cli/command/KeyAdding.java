package uk.usbguard.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import uk.usbguard.cli.console.SecretSource;
import uk.usbguard.cli.console.Secrets;
import uk.usbguard.cli.console.Waiting;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.KeyAdded;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.render.ShownSecret;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.error.UsbguardException;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.RecoveryKey;

/** Puts a new key into a slot, and shows a recovery key once. */
final class KeyAdding {

  private final Workbench bench;
  private final Output output;
  private final Path file;
  private final String container;

  KeyAdding(Workbench bench, Output output, Path file, String container) {
    this.bench = bench;
    this.output = output;
    this.file = file;
    this.container = container;
  }

  void passphrase(Container opened, Secrets secrets, SecretSource source)
      throws IOException, UsbguardException {
    try (Passphrase added =
        secrets.newPassphrase(source, Printable.name(container), bench.passphraseRules(file))) {
      int slot;
      Waiting waiting = output.derivingKey();
      try {
        slot = opened.addPassphrase(added, bench.createOptions().get().cost()).number();
      } finally {
        waiting.over();
      }
      output.result(new KeyAdded(container, "passphrase", slot, null, null));
    }
  }

  /** Before anything is opened: a key that nobody would see must not be made. */
  void checkRecovery(RecoveryOptions recovery) throws CommandException {
    if (!recovery.canBeShown(bench)) {
      throw new CommandException(ExitCode.USAGE, "say-where-recovery");
    }
    RecoveryKeyShowing.checkSheet(bench, recovery.sheet());
  }

  void recovery(Container opened, RecoveryOptions recovery) throws IOException, UsbguardException {
    try (RecoveryKey added = RecoveryKey.generate(bench.random().get())) {
      int slot = opened.addRecoveryKey(added).number();
      ShownSecret shown = show(opened, slot, added, recovery);
      Path sheet = recovery.sheet();
      @Nullable ShownSecret inResult = recovery.toStdout() ? shown : null;
      output.result(
          new KeyAdded(
              container, "recovery", slot, inResult, sheet == null ? null : sheet.toString()));
      shown.close();
    }
  }

  /** A key that could not be shown opens nothing: its slot goes again. */
  private ShownSecret show(Container opened, int slot, RecoveryKey added, RecoveryOptions recovery)
      throws IOException, UsbguardException {
    boolean seen = false;
    try {
      ShownSecret shown =
          new RecoveryKeyShowing(bench, output, recovery).show(added, file, opened.id());
      seen = true;
      return shown;
    } finally {
      if (!seen) {
        opened.removeSlot(slot);
      }
    }
  }
}
