package uk.usbguard.cli.work;

import java.nio.file.Path;
import java.util.List;
import uk.usbguard.core.container.ContainerPath;

/**
 * What comes out of a container.
 *
 * @param paths what is taken; empty is everything
 * @param target the folder it goes into; made if it is missing
 * @param damagedToo whether of a damaged file the rest is taken, under a marked name
 */
public record ExportPlan(
    String container,
    List<ContainerPath> paths,
    Path target,
    boolean overwrite,
    boolean damagedToo,
    String osName) {

  public ExportPlan {
    paths = List.copyOf(paths);
  }
}
