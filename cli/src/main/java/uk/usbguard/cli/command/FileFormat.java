package uk.usbguard.cli.command;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.text.Printable;

/** CSV or JSON: as it was said, or as the name of the file ends. */
final class FileFormat {

  @Option(names = "--format", paramLabel = "csv|json", descriptionKey = "file-format")
  private @Nullable String format;

  boolean isJson(@Nullable Path file) throws CommandException {
    String said = format;
    if (said == null) {
      return file != null && file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
    }
    return switch (said.toLowerCase(Locale.ROOT)) {
      case "csv" -> false;
      case "json" -> true;
      default -> throw new CommandException(ExitCode.USAGE, "no-format", Printable.name(said));
    };
  }
}
