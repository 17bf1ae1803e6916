package uk.usbguard.cli.console;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.failure.NamedFile;
import uk.usbguard.cli.text.Texts;
import uk.usbguard.core.passphrase.PassphraseRefusedException;
import uk.usbguard.core.passphrase.PassphraseRules;
import uk.usbguard.core.passphrase.RefusalText;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.RecoveryKey;
import uk.usbguard.core.secret.RecoveryKeyFormatException;
import uk.usbguard.core.secret.UnusablePassphraseException;

/** Gets secrets from where the command line says they are. Every array on the way is wiped. */
public final class Secrets {

  /** How often somebody may choose a passphrase anew. */
  private static final int TRIES = 3;

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
   * A passphrase that is being set: held against the rules. A person types it twice, and is told
   * what is wrong and asked again, a few times; a script is refused at once. The caller closes it.
   */
  public Passphrase newPassphrase(SecretSource source, String container, PassphraseRules rules)
      throws IOException, CommandException, PassphraseRefusedException {
    String prompt = texts.get("prompt.new-passphrase", container, rules.minimum());
    for (int tries = source instanceof SecretSource.Prompt ? TRIES : 1; ; tries--) {
      try {
        Optional<Passphrase> accepted = tryNewPassphrase(source, prompt, rules);
        if (accepted.isPresent()) {
          return accepted.get();
        }
        if (tries <= 1) {
          throw new CommandException(ExitCode.USAGE, "passphrases-differ");
        }
        terminal.err().println(texts.get("prompt.differ"));
      } catch (PassphraseRefusedException e) {
        if (tries <= 1) {
          throw e;
        }
        RefusalText text = RefusalText.of(e.refusal(), texts.locale());
        terminal.err().println(text.what() + " " + text.remedy());
      }
    }
  }

  /** Empty if it was not the same the second time. */
  private Optional<Passphrase> tryNewPassphrase(
      SecretSource source, String prompt, PassphraseRules rules)
      throws IOException, CommandException, PassphraseRefusedException {
    char[] typed = read(source, prompt);
    try {
      Passphrase accepted = rules.accept(typed);
      boolean same = false;
      try {
        same = !(source instanceof SecretSource.Prompt person) || isRepeated(person, typed);
      } finally {
        if (!same) {
          accepted.close();
        }
      }
      return same ? Optional.of(accepted) : Optional.empty();
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
