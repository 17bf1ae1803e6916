package uk.usbguard.platform;

import com.sun.jna.Memory;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Blocks of memory outside the heap that are used again. Safe for several threads. */
final class Blocks {

  /** Room for a whole extent and all that belongs to it. */
  private static final int SIZE = 66 * 1024;

  private static final int MOST_IDLE = 16;

  private final BlockingQueue<Memory> idle = new ArrayBlockingQueue<>(MOST_IDLE);

  /** A block of at least so many bytes; whoever takes it gives it back. */
  Memory take(int bytes) {
    Memory found = bytes > SIZE ? null : idle.poll();
    return found != null ? found : new Memory(Math.max(bytes, SIZE));
  }

  void giveBack(Memory block) {
    if (block.size() > SIZE || !idle.offer(block)) {
      block.close();
    }
  }
}
