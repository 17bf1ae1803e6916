package uk.usbguard.cli.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a new recovery key is shown: on the terminal if nothing is said. */
final class RecoveryOptions {

  @Option(names = "--recovery-sheet", paramLabel = "FILE", descriptionKey = "recovery-sheet")
  private @Nullable Path sheet;

  @Option(names = "--recovery-to-stdout", descriptionKey = "recovery-to-stdout")
  private boolean toStdout;

  @Nullable Path sheet() {
    return sheet;
  }

  boolean toStdout() {
    return toStdout;
  }

  /** A key that nobody would see is not made. */
  boolean canBeShown(Workbench bench) {
    return sheet != null || toStdout || bench.terminal().canAsk();
  }
}
