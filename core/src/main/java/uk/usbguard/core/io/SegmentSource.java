package uk.usbguard.core.io;

import java.io.IOException;
import java.util.Optional;

/** Where the files of one container come from. */
public interface SegmentSource {

  /** Opens segment {@code number}, or nothing if there is no such file. */
  Optional<BlockFile> open(int number) throws IOException;

  /**
   * Opens segment {@code number} so that reading passes the system's cache; nothing if there is no
   * such file, or no such way. Whoever holds a lock on the files must not close this before them:
   * to close one channel of a file gives up the locks of all.
   */
  default Optional<BlockFile> openPastCache(int number) throws IOException {
    return Optional.empty();
  }

  /** Makes segment {@code number}, which must not exist. */
  BlockFile create(int number) throws IOException;

  /** Removes segment {@code number} if it is there. */
  void delete(int number) throws IOException;

  /**
   * Takes the files for this process: one writer, or readers.
   *
   * @return false if this process has them open in a way that does not go with that
   */
  default boolean claim() throws IOException {
    return true; // what is not a file of the system has no lock that could be lost
  }

  /** False if what has the name now is another file than the one that was claimed. */
  default boolean isClaimedOneThere() throws IOException {
    return true;
  }

  /** Gives them back; does nothing if they were not claimed. */
  default void unclaim() {
    // nothing was claimed
  }

  /** Bytes that can still be written to the medium, as far as the system knows. */
  long usableBytes() throws IOException;
}
