package uk.usbguard.cli.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import uk.usbguard.cli.console.SecretSource;

/** What opens a container: exactly one source, and without one the person is asked. */
final class KeyOptions {

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

    @Option(names = "--recovery-key-stdin", descriptionKey = "recovery-key-stdin", required = true)
    private boolean recoveryStdin;

    @Option(
        names = "--recovery-key-file",
        paramLabel = "FILE",
        descriptionKey = "recovery-key-file",
        required = true)
    private @Nullable Path recoveryFile;
  }

  /** Whether anything was said. */
  boolean isGiven() {
    return source != null;
  }

  /** Whether it is the recovery key that opens. */
  boolean isRecovery() {
    return source != null && (source.recoveryStdin || source.recoveryFile != null);
  }

  /** The file that the secret is in, if it is in one. */
  @Nullable Path file() {
    if (source == null) {
      return null;
    }
    return source.file == null ? source.recoveryFile : source.file;
  }

  SecretSource source() {
    if (source == null) {
      return new SecretSource.Prompt(SecretSource.Wanted.PASSPHRASE);
    }
    Path file = file();
    return file == null ? new SecretSource.Stdin() : new SecretSource.InFile(file);
  }
}
