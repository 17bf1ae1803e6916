package uk.usbguard.cli.command;

import picocli.CommandLine.Option;

/** What happens to files that are there already, and to what cannot be written. */
final class ExportOptions {

  @Option(names = "--overwrite", descriptionKey = "overwrite-on-disk")
  private boolean overwrite;

  @Option(names = "--strict", descriptionKey = "strict")
  private boolean strict;

  boolean isOverwrite() {
    return overwrite;
  }

  boolean isStrict() {
    return strict;
  }
}
