package uk.usbguard.cli.console;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.failure.NamedFile;
import uk.usbguard.cli.text.Texts;
import uk.usbguard.core.passphrase.PassphraseRefusedException;
import uk.usbguard.core.passphrase.PassphraseRules;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.RecoveryKey;
import uk.usbguard.core.secret.RecoveryKeyFormatException;
import uk.usbguard.core.secret.UnusablePassphraseException;

/** Gets secrets from where the command line says they are. Every array on the way is wiped. */
public final class Secrets {

  private final Terminal terminal;
  private final Texts texts;

  public Secrets(Terminal terminal, Texts texts) {
    this.terminal = terminal;
    this.texts = texts;
  }

  /** The passphrase that opens something. The caller closes it. */
  public Passphrase passphrase(SecretSource source, String container)
      throws IOException, CommandException, UnusablePassphraseException {
    char[] typed = read(source, texts.get("prompt.passphrase", container));
    try {
      return Passphrase.of(typed);
    } finally {
      Arrays.fill(typed, '\0');
    }
  }

  /**
   * A passphrase that is being set: held against the rules, and typed twice. The caller closes it.
   */
  public Passphrase newPassphrase(SecretSource source, String container, PassphraseRules rules)
      throws IOException, CommandException, PassphraseRefusedException {
    char[] typed = read(source, texts.get("prompt.new-passphrase", container, rules.minimum()));
    try {
      Passphrase accepted = rules.accept(typed);
      if (source instanceof SecretSource.Prompt prompt && !isRepeated(prompt, typed)) {
        accepted.close();
        throw new CommandException(ExitCode.USAGE, "passphrases-differ");
      }
      return accepted;
    } finally {
      Arrays.fill(typed, '\0');
    }
  }

  /** The recovery key as it stands on paper. The caller closes it. */
  public RecoveryKey recoveryKey(SecretSource source, String container)
      throws IOException, CommandException, RecoveryKeyFormatException {
    char[] typed = read(source, texts.get("prompt.recovery-key", container));
    try {
      return RecoveryKey.parse(typed);
    } finally {
      Arrays.fill(typed, '\0');
    }
  }

  private boolean isRepeated(SecretSource.Prompt prompt, char[] typed)
      throws IOException, CommandException {
    char[] again = read(prompt, texts.get("prompt.again"));
    try {
      return Arrays.equals(typed, again);
    } finally {
      Arrays.fill(again, '\0');
    }
  }

  private char[] read(SecretSource source, String prompt) throws IOException, CommandException {
    if (source instanceof SecretSource.InFile inFile) {
      try (InputStream in = NamedFile.open(inFile.file())) {
        return new SecretLines(in).next().orElseThrow(Secrets::missing);
      }
    }
    if (source instanceof SecretSource.Stdin) {
      return new SecretLines(terminal.in()).next().orElseThrow(Secrets::missing);
    }
    if (source instanceof SecretSource.Prompt person && !terminal.canAsk()) {
      throw new CommandException(ExitCode.USAGE, person.wanted().whenNobodyIsThere());
    }
    return terminal.askSecret(prompt).orElseThrow(Secrets::missing);
  }

  private static CommandException missing() {
    return new CommandException(ExitCode.USAGE, "no-secret");
  }
}
