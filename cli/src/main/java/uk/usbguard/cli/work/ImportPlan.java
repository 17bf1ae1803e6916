package uk.usbguard.cli.work;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.container.ContainerPath;

/**
 * What goes into a container.
 *
 * @param drive a whole drive, whose entries go in without a folder around them; null otherwise
 * @param sources files and folders, each under its own name
 * @param into the folder of the container
 * @param removeSources whether each plain file is removed once it is read back
 */
public record ImportPlan(
    Path container,
    @Nullable Path drive,
    List<Path> sources,
    ContainerPath into,
    ConflictPolicy conflicts,
    boolean removeSources) {

  public ImportPlan {
    sources = List.copyOf(sources);
  }
}
