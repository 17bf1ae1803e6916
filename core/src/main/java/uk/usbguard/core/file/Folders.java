package uk.usbguard.core.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What makes a new or changed name in a folder last. */
public final class Folders {

  private Folders() {}

  /**
   * A new name is in its folder for certain only after the folder was forced, where that can be.
   */
  public static void force(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no folder as a file, and writes its tables by itself.
    }
  }
}
