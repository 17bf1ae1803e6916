package uk.usbguard.cli.work;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import uk.usbguard.core.container.ContainerPath;

/**
 * The files of the container that this run has stored or found the same: no other source may
 * replace them. Remembers only what another source could take for its own, so a million files of
 * ordinary names need no memory.
 */
final class Claims {

  private final Set<String> claimed = new HashSet<>();

  /** By path, the name of the source folder that settled on it. */
  private final Map<String, String> folders = new HashMap<>();

  /** The source has settled on the path. */
  void add(SourceItem item, ContainerPath path, int number) {
    if (number > 1 || !item.twin().alone() || Twins.isNumbered(item.name().name())) {
      claimed.add(ContainerPath.fold(path.toString()));
    }
  }

  /** A source folder has settled on the path; only what is numbered could be another's, too. */
  void addFolder(ContainerPath path, String source) {
    if (path.name().filter(Twins::isNumbered).isPresent()) {
      folders.put(ContainerPath.fold(path.toString()), source);
    }
  }

  /** Whether a folder of another name than this source's has settled on the path. */
  boolean isAnothers(ContainerPath path, String source) {
    String settled = folders.get(ContainerPath.fold(path.toString()));
    return settled != null && !settled.equals(source);
  }

  /** Whether the path is another source's. */
  boolean contains(ContainerPath path) {
    return !claimed.isEmpty() && claimed.contains(ContainerPath.fold(path.toString()));
  }
}
