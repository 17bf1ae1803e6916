package uk.usbguard.cli.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What may be taken for a removable drive. */
public final class DriveRoots {

  private DriveRoots() {}

  /** The system's root, the user's folder and what these are in: never emptied into a container. */
  public static boolean isNeverADrive(Path root, Path home) throws IOException {
    Path realHome = Files.exists(home) ? home.toRealPath() : home.toAbsolutePath();
    boolean systemRoot = root.getParent() == null && root.equals(realHome.getRoot());
    return systemRoot || realHome.startsWith(root);
  }

  /**
   * Whether another file system begins here: as good a sign of a drive as Java gives. No where the
   * system does not list it, as in a changed root.
   */
  public static boolean isMountPoint(Path root) {
    Path parent = root.getParent();
    try {
      return parent == null || !Files.getFileStore(root).equals(Files.getFileStore(parent));
    } catch (IOException e) {
      return false;
    }
  }
}
