package uk.usbguard.cli.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import uk.usbguard.cli.console.SecretSource;

/** Where the passphrase that is being set comes from. With both on stdin it is the second line. */
final class NewPassphraseOptions {

  @ArgGroup(exclusive = true)
  private @Nullable Source source;

  /** The choices. */
  static final class Source {
    @Option(
        names = "--new-passphrase-stdin",
        descriptionKey = "new-passphrase-stdin",
        required = true)
    @SuppressWarnings("unused") // that the group is there and has no file says it
    private boolean stdin;

    @Option(
        names = "--new-passphrase-file",
        paramLabel = "FILE",
        descriptionKey = "new-passphrase-file",
        required = true)
    private @Nullable Path file;
  }

  SecretSource source() {
    if (source == null) {
      return new SecretSource.Prompt(SecretSource.Wanted.NEW_PASSPHRASE);
    }
    return source.file == null ? new SecretSource.Stdin() : new SecretSource.InFile(source.file);
  }
}
