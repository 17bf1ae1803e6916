package uk.usbguard.core.container;

import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import uk.usbguard.core.format.FormatLimits;

/** A bounded number of extents of plaintext that are being sealed. Wiped when closed. */
final class ChunkPool implements AutoCloseable {

  private static final int CHUNKS = 32;

  private final BlockingQueue<byte[]> idle = new ArrayBlockingQueue<>(CHUNKS);
  private int made;

  /** A chunk, as soon as one is idle. Called by the one thread that writes. */
  byte[] take() {
    byte[] chunk = idle.poll();
    if (chunk != null) {
      return chunk;
    }
    if (made < CHUNKS) {
      made++;
      return new byte[FormatLimits.EXTENT];
    }
    boolean interrupted = false;
    while (true) {
      try {
        chunk = idle.take();
        break;
      } catch (InterruptedException e) {
        interrupted = true; // an interrupt must not tear a file apart; the caller's flag stays set
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return chunk;
  }

  /** Gives a chunk back. */
  void give(byte[] chunk) {
    boolean kept = idle.offer(chunk);
    if (!kept) {
      Arrays.fill(chunk, (byte) 0); // it was given up for lost
    }
  }

  /** Starts anew: chunks of changes that failed may never come back. */
  void reset() {
    made = 0;
    close();
    idle.clear();
  }

  @Override
  public void close() {
    idle.forEach(chunk -> Arrays.fill(chunk, (byte) 0));
  }
}
