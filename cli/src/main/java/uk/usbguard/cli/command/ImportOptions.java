package uk.usbguard.cli.command;

import picocli.CommandLine.Option;
import uk.usbguard.cli.work.ConflictPolicy;

/** What happens to names that are there already, and to what cannot be stored. */
final class ImportOptions {

  @Option(names = "--overwrite", descriptionKey = "overwrite-in-container")
  private boolean overwrite;

  @Option(names = "--strict", descriptionKey = "strict")
  private boolean strict;

  ConflictPolicy conflicts() {
    return overwrite ? ConflictPolicy.REPLACE : ConflictPolicy.REFUSE;
  }

  boolean isStrict() {
    return strict;
  }
}
