package uk.usbguard.cli.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import uk.usbguard.cli.console.SecretSource;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;

/**
 * The passphrase that opens, where only a passphrase can. Who gives a recovery key all the same is
 * told what to do; the help does not offer it.
 */
final class PresentPassphraseOptions {

  @ArgGroup(exclusive = true)
  private @Nullable Source source;

  /** The choices. */
  static final class Source {
    @Option(names = "--passphrase-stdin", descriptionKey = "passphrase-stdin", required = true)
    @SuppressWarnings("unused") // that the group is there and has no file says it
    private boolean stdin;

    @Option(
        names = "--passphrase-file",
        paramLabel = "FILE",
        descriptionKey = "passphrase-file",
        required = true)
    private @Nullable Path file;

    @Option(names = "--recovery-key-stdin", hidden = true, required = true)
    private boolean recoveryStdin;

    @Option(names = "--recovery-key-file", hidden = true, required = true)
    private @Nullable Path recoveryFile;
  }

  SecretSource source() throws CommandException {
    if (source == null) {
      return new SecretSource.Prompt(SecretSource.Wanted.PASSPHRASE);
    }
    if (source.recoveryStdin || source.recoveryFile != null) {
      throw new CommandException(ExitCode.USAGE, "needs-passphrase");
    }
    return source.file == null ? new SecretSource.Stdin() : new SecretSource.InFile(source.file);
  }
}
