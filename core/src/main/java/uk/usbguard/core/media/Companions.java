package uk.usbguard.core.media;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What operating systems write on a drive by themselves, and how large it may be. A list with
 * exceptions would be a place to hide a letter in, so sizes are those that are really met, and what
 * can hold a user's data (a full bin, a search index) is not on it.
 */
final class Companions {

  /** Folders in the root, with their files and the largest size of each. */
  private static final Map<String, Map<String, Integer>> FOLDERS =
      Map.of(
          "system volume information", Map.of("indexervolumeguid", 76, "wpsettings.dat", 12),
          "$recycle.bin", Map.of("desktop.ini", 129),
          ".trashes", Map.of(),
          ".temporaryitems", Map.of(),
          ".fseventsd", Map.of("fseventsd-uuid", 36, "no_log", 0),
          "lost+found", Map.of());

  private static final Set<String> EMPTY_FILES = Set.of(".metadata_never_index");

  private Companions() {}

  /** Whether this entry of the root is one, with all that is in it. */
  static boolean isOne(Node node) throws ReadFailedException {
    String name = node.name().toLowerCase(Locale.ROOT);
    if (!node.isFolder()) {
      return EMPTY_FILES.contains(name) && node.content().length() == 0;
    }
    Map<String, Integer> files = FOLDERS.get(name);
    return files != null && holdsOnly(node.folder(), files);
  }

  private static boolean holdsOnly(Folder folder, Map<String, Integer> files) {
    for (Node node : folder.nodes()) {
      Integer largest = files.get(node.name().toLowerCase(Locale.ROOT));
      if (node.isFolder() || largest == null || node.content().length() > largest) {
        return false;
      }
    }
    return folder.complete();
  }
}
