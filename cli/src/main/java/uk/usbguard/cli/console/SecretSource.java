package uk.usbguard.cli.console;

import java.nio.file.Path;

/** Where a secret comes from. Never an option value, never the environment. */
public sealed interface SecretSource {

  /**
   * The person at the terminal.
   *
   * @param wanted what is asked for: where nobody can be asked, the advice depends on it
   */
  record Prompt(Wanted wanted) implements SecretSource {}

  /** The secrets that have options of their own. */
  enum Wanted {
    PASSPHRASE("nobody-to-ask"),
    NEW_PASSPHRASE("nobody-to-ask-for-new"),
    RECOVERY_KEY("nobody-to-ask-for-recovery-key");

    private final String whenNobodyIsThere;

    Wanted(String whenNobodyIsThere) {
      this.whenNobodyIsThere = whenNobodyIsThere;
    }

    /** The id of the failure if there is no terminal. */
    String whenNobodyIsThere() {
      return whenNobodyIsThere;
    }
  }

  /** The next line of standard input. */
  record Stdin() implements SecretSource {}

  /** The first line of a file. */
  record InFile(Path file) implements SecretSource {}
}
