package uk.usbguard.cli.console;

import java.nio.file.Path;

/** Where a secret comes from. Never an option value, never the environment. */
public sealed interface SecretSource {

  /** The person at the terminal. */
  record Prompt() implements SecretSource {}

  /** The next line of standard input. */
  record Stdin() implements SecretSource {}

  /** The first line of a file. */
  record InFile(Path file) implements SecretSource {}
}
