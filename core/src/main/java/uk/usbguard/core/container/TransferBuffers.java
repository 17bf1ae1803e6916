package uk.usbguard.core.container;

import java.nio.ByteBuffer;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import uk.usbguard.core.format.FormatLimits;
import uk.usbguard.core.record.Records;

/**
 * Buffers in which some extents of a file are read and opened, used again by the next file: they
 * may lie outside the heap, where the collector would give them back late. Wiped when closed. Safe
 * for several threads.
 */
final class TransferBuffers implements AutoCloseable {

  /** Extents that are read and opened at once: what is copied stays in the cache. */
  static final int EXTENTS = 8;

  /** More than two files need that are taken out at once: else some are made anew all the time. */
  private static final int MOST_IDLE = 16;

  private final Records records;

  /** What came back last is the first to go out: it is in the cache still. */
  private final BlockingDeque<Pair> idle = new LinkedBlockingDeque<>(MOST_IDLE);

  private volatile boolean closed;

  /** Room for what is read and for what is opened. */
  record Pair(ByteBuffer sealed, ByteBuffer plain) {

    private void wipe() {
      ByteBuffer all = plain.duplicate().clear();
      byte[] zeros = new byte[FormatLimits.EXTENT];
      while (all.hasRemaining()) {
        all.put(zeros);
      }
    }
  }

  /** A pair that other threads fill in the background; it goes back when none does any more. */
  final class Loan {

    private final Pair pair = take();
    private boolean busy;
    private boolean ended;

    Pair pair() {
      return pair;
    }

    /** Before filling; false if the loan is over: then the pair may be somebody else's. */
    synchronized boolean begin() {
      busy = !ended;
      return busy;
    }

    /** After filling. */
    synchronized void done() {
      busy = false;
      if (ended) {
        give(pair);
      }
    }

    /** Ends the loan, once, without waiting for who fills the pair just now. */
    synchronized void end() {
      ended = true;
      if (!busy) {
        give(pair);
      }
    }
  }

  TransferBuffers(Records records) {
    this.records = records;
  }

  Loan lend() {
    return new Loan();
  }

  Pair take() {
    Pair pair = idle.pollFirst();
    return pair != null
        ? pair
        : new Pair(
            records.buffer(EXTENTS * (FormatLimits.EXTENT + FormatLimits.RECORD_OVERHEAD)),
            records.buffer(EXTENTS * FormatLimits.EXTENT));
  }

  void give(Pair pair) {
    if (closed || !idle.offerFirst(pair)) {
      pair.wipe();
    } else if (closed) {
      close(); // meanwhile, and maybe before this one was there
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Pair pair = idle.poll(); pair != null; pair = idle.poll()) {
      pair.wipe();
    }
  }
}
