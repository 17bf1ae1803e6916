package uk.usbguard.cli.command;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import uk.usbguard.cli.work.ExportPlan;
import uk.usbguard.core.container.ContainerPath;

/** What happens to files that are there already, and to what cannot be written. */
final class ExportOptions {

  @Option(names = "--overwrite", descriptionKey = "overwrite-on-disk")
  private boolean overwrite;

  @Option(names = "--damaged", descriptionKey = "damaged-too")
  private boolean damagedToo;

  @Option(names = "--strict", descriptionKey = "strict-out")
  private boolean strict;

  /** The plan of what comes out with these options. */
  ExportPlan plan(String container, List<ContainerPath> paths, Path target, String osName) {
    return new ExportPlan(container, paths, target, overwrite, damagedToo, osName);
  }

  boolean isStrict() {
    return strict;
  }
}
