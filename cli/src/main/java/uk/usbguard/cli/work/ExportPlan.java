package uk.usbguard.cli.work;

import java.nio.file.Path;
import java.util.List;
import uk.usbguard.core.container.ContainerPath;

/**
 * What comes out of a container.
 *
 * @param paths what is taken; empty is everything
 * @param target the folder it goes into; made if it is missing
 */
public record ExportPlan(
    String container, List<ContainerPath> paths, Path target, boolean overwrite, String osName) {

  public ExportPlan {
    paths = List.copyOf(paths);
  }
}
