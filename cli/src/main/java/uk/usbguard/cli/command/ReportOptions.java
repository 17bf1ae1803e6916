package uk.usbguard.cli.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import uk.usbguard.cli.evidence.ReportFormat;
import uk.usbguard.cli.failure.CommandException;
import uk.usbguard.cli.failure.ExitCode;
import uk.usbguard.cli.text.Printable;

/** Where a report goes, and as what. */
final class ReportOptions {

  @Option(names = "--to", paramLabel = "FILE|FOLDER", descriptionKey = "report-to", required = true)
  private String to = "";

  @Option(names = "--format", paramLabel = "html|pdf|csv", descriptionKey = "report-format")
  private @Nullable String format;

  @Option(names = "--overwrite", descriptionKey = "overwrite-on-disk")
  private boolean overwrite;

  String to() {
    return to;
  }

  boolean isOverwrite() {
    return overwrite;
  }

  Path target(Workbench bench) {
    return bench.path(to);
  }

  /** As it was said, or as the name of the file ends. */
  ReportFormat format() throws CommandException {
    String said = format;
    if (said != null) {
      return ReportFormat.named(said)
          .orElseThrow(
              () -> new CommandException(ExitCode.USAGE, "no-report-format", Printable.name(said)));
    }
    return ReportFormat.ofFile(to)
        .orElseThrow(
            () -> new CommandException(ExitCode.USAGE, "report-format-unsaid", Printable.name(to)));
  }
}
