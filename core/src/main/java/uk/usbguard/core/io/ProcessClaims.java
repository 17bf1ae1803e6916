package uk.usbguard.core.io;

import java.util.HashMap;
import java.util.Map;

/**
 * Which files this process has open. A POSIX lock belongs to the process, and closing any channel
 * of the file gives it up: a reader beside a writer in one process would let another process in. So
 * there is one writer or there are readers, and, as the lock, the book of them is the process's.
 */
final class ProcessClaims {

  private static final int WRITER = -1;

  /** File to number of readers, or to {@link #WRITER}. Guarded by itself. */
  private static final Map<Object, Integer> CLAIMS = new HashMap<>();

  private ProcessClaims() {}

  /** Claims a file; false if this process has it open in a way that does not go with that. */
  static boolean claim(Object file, boolean forWriting) {
    synchronized (CLAIMS) {
      int now = CLAIMS.getOrDefault(file, 0);
      if (now == WRITER || (forWriting && now != 0)) {
        return false;
      }
      CLAIMS.put(file, forWriting ? WRITER : now + 1);
      return true;
    }
  }

  /** Gives a claim back. */
  static void release(Object file) {
    synchronized (CLAIMS) {
      int now = CLAIMS.getOrDefault(file, 0);
      if (now > 1) {
        CLAIMS.put(file, now - 1);
      } else {
        CLAIMS.remove(file);
      }
    }
  }
}
