package uk.usbguard.cli.work;

import java.util.HashSet;
import java.util.Set;
import uk.usbguard.core.container.ContainerPath;

/**
 * The files of the container that this run has stored or found the same: no other source may
 * replace them. Remembers only what another source could take for its own, so a million files of
 * ordinary names need no memory.
 */
final class Claims {

  private final Set<String> claimed = new HashSet<>();

  /** The source has settled on the path. */
  void add(SourceItem item, ContainerPath path, int number) {
    if (number > 1 || !item.twin().alone() || Twins.isNumbered(item.name().name())) {
      claimed.add(ContainerPath.fold(path.toString()));
    }
  }

  /** Whether the path is another source's. */
  boolean contains(ContainerPath path) {
    return !claimed.isEmpty() && claimed.contains(ContainerPath.fold(path.toString()));
  }
}
