package uk.usbguard.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import uk.usbguard.cli.console.SecretSource;
import uk.usbguard.cli.console.Secrets;
import uk.usbguard.cli.console.Waiting;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.render.Recovered;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.Credential;
import uk.usbguard.core.container.OpenMode;
import uk.usbguard.core.container.SlotInfo;
import uk.usbguard.core.container.SlotKind;
import uk.usbguard.core.error.UsbguardException;
import uk.usbguard.core.error.WrongKeyException;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.RecoveryKey;

/**
 * A forgotten passphrase is replaced: the new one goes into a slot of its own first, then the old
 * one is removed. With several passphrases only the one that was named goes; others may be in use.
 */
final class Recovering {

  private final Workbench bench;
  private final Output output;
  private final Path file;
  private final String shown;
  private final Secrets secrets;

  Recovering(Workbench bench, Output output, Path file, String container) {
    this.bench = bench;
    this.output = output;
    this.file = file;
    this.shown = Printable.name(container);
    this.secrets = new Secrets(bench.terminal(), bench.texts());
  }

  Recovered run(SecretSource keySource, SecretSource fresh, int named)
      throws IOException, UsbguardException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    try (RecoveryKey key = secrets.recoveryKey(keySource, shown);
        Container container = open(key);
        Passphrase next = secrets.newPassphrase(fresh, shown, bench.passphraseRules(file))) {
      List<Integer> passphrases =
          container.slots().stream()
              .filter(slot -> slot.kind() == SlotKind.PASSPHRASE)
              .map(SlotInfo::number)
              .toList();
      int old = named >= 0 ? named : only(passphrases);
      if (named >= 0 && !passphrases.contains(named)) {
        throw new CommandException(ExitCode.NOT_FOUND, "no-such-passphrase-slot", named);
      }
      int slot = replace(container, old, next);
      return new Recovered(shown, slot, passphrases.size() - (old >= 0 ? 1 : 0));
    }
  }

  private Container open(RecoveryKey key) throws IOException, UsbguardException {
    try {
      return new ContainerAccess(bench, output, file, shown)
          .open(Credential.of(key), OpenMode.READ_WRITE);
    } catch (WrongKeyException e) {
      throw new CommandException(ExitCode.WRONG_KEY, "wrong-recovery-key", shown);
    }
  }

  private int replace(Container container, int old, Passphrase next)
      throws IOException, UsbguardException {
    Waiting waiting = output.derivingKey();
    try {
      int slot = container.addPassphrase(next, bench.createOptions().get().cost()).number();
      if (old >= 0) {
        container.removeSlot(old);
      }
      return slot;
    } finally {
      waiting.over();
    }
  }

  private static int only(List<Integer> slots) {
    return slots.size() == 1 ? slots.get(0) : -1;
  }
}
