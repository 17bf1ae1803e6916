package uk.usbguard.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import uk.usbguard.cli.console.SecretSource;
import uk.usbguard.cli.console.Secrets;
import uk.usbguard.cli.console.Waiting;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.render.Output;
import uk.usbguard.cli.text.Printable;
import uk.usbguard.core.container.Container;
import uk.usbguard.core.container.Containers;
import uk.usbguard.core.container.Credential;
import uk.usbguard.core.container.KeyAge;
import uk.usbguard.core.container.OpenMode;
import uk.usbguard.core.container.OpenReport;
import uk.usbguard.core.container.SlotKind;
import uk.usbguard.core.error.UsbguardException;
import uk.usbguard.core.error.WrongKeyException;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.RecoveryKey;

/** Opens a container with what the command line says, and passes on what the opening found. */
final class ContainerAccess {

  private final Workbench bench;
  private final Output output;
  private final Path file;
  private final String shown;

  ContainerAccess(Workbench bench, Output output, Path file, String shown) {
    this.bench = bench;
    this.output = output;
    this.file = file;
    this.shown = Printable.name(shown);
  }

  /** Something that is done with what opens the container. */
  @FunctionalInterface
  interface Use {
    /** Does it. The credential is wiped afterwards. */
    void with(Credential credential) throws Exception;
  }

  /** Something that is opened with it. */
  @FunctionalInterface
  private interface Opening<T, E extends Exception> {
    T with(Credential credential) throws IOException, UsbguardException, E;
  }

  /** Asks for what opens the container, and wipes it afterwards. */
  void with(KeyOptions key, Use use) throws Exception {
    with(key.source(), key.isRecovery(), use);
  }

  /** Asks for the passphrase, where only that can be meant, and wipes it afterwards. */
  void withPassphrase(SecretSource source, Use use) throws Exception {
    with(source, false, use);
  }

  private void with(SecretSource source, boolean recovery, Use use) throws Exception {
    this.<Boolean, Exception>secretly(
        source,
        recovery,
        credential -> {
          use.with(credential);
          return true;
        });
  }

  /** Opens it with what the command line says. */
  Container open(KeyOptions key, OpenMode mode) throws IOException, UsbguardException {
    return this.<Container, RuntimeException>secretly(
        key.source(), key.isRecovery(), credential -> open(credential, mode));
  }

  /** Nobody types a passphrase before a missing file is found missing. */
  private <T, E extends Exception> T secretly(
      SecretSource source, boolean isRecovery, Opening<T, E> opening)
      throws IOException, UsbguardException, E {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    Secrets secrets = new Secrets(bench.terminal(), bench.texts());
    if (isRecovery) {
      try (RecoveryKey recovery = secrets.recoveryKey(source, shown)) {
        return opening.with(Credential.of(recovery));
      } catch (WrongKeyException e) {
        throw new CommandException(ExitCode.WRONG_KEY, "wrong-recovery-key", shown);
      }
    }
    try (Passphrase passphrase = secrets.passphrase(source, shown)) {
      return opening.with(Credential.of(passphrase));
    }
  }

  /** Opens and says what is worth knowing about it. */
  Container open(Credential credential, OpenMode mode) throws IOException, UsbguardException {
    Container container;
    Waiting waiting = output.derivingKey();
    try {
      container = Containers.open(file, credential, mode, bench.environment());
    } finally {
      waiting.over();
    }
    warn(container.openReport());
    warnIfNeverFilled(container);
    if (container.isWritable()) { // whoever only reads can do without the warning
      warnOfKeyAge(container);
    }
    return container;
  }

  private void warn(OpenReport report) {
    report
        .rolledBackFrom()
        .ifPresent(newer -> output.warning("rolled-back", shown, report.generation(), newer));
    if (!report.lost().isEmpty()) {
      output.warning("lost-saves", shown, report.lost().get(0), report.generation());
    } else if (!report.dropped().isEmpty()) {
      output.warning("dropped-generations", shown, report.dropped().size());
    }
    if (!report.damagedKeyAreas().isEmpty()) {
      output.warning("damaged-key-area", shown, report.damagedKeyAreas().size());
    }
  }

  /** Whoever made it may have been stopped before its recovery key was on the screen. */
  private void warnIfNeverFilled(Container container) {
    boolean neverFilled = container.openReport().generation() == 1 && container.isWritable();
    if (neverFilled
        && container.slots().stream().anyMatch(slot -> slot.kind() == SlotKind.RECOVERY)) {
      output.warning("never-filled", shown);
    }
  }

  /** A key that is nearly two years old. */
  void warnOfKeyAge(Container container) throws IOException, UsbguardException {
    if (container.keyAge() == KeyAge.DUE) {
      output.warning("key-due", shown, bench.texts().date(container.info().keyMade()));
    }
  }
}
