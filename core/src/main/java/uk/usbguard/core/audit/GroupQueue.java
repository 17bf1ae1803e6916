package uk.usbguard.core.audit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import uk.usbguard.core.audit.AuditException.Reason;

/** Events between those who give and the one who writes. Bounded: a giver waits, none is lost. */
final class GroupQueue {

  /** No crash leaves more than this many events half written. */
  static final int LARGEST_GROUP = 1000;

  private static final int CAPACITY = 8 * LARGEST_GROUP;

  @GuardedBy("this")
  private final Deque<PendingEvent> waiting = new ArrayDeque<>();

  @GuardedBy("this")
  private boolean closed;

  synchronized void add(PendingEvent event) throws AuditException {
    boolean interrupted = false;
    while (waiting.size() >= CAPACITY && !closed) {
      interrupted |= waited(0);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (closed) {
      throw new AuditException(Reason.CLOSED);
    }
    waiting.add(event);
    notifyAll();
  }

  /** What is there, in order; waits for the first one, but no longer than this. */
  synchronized List<PendingEvent> take(long nanos) {
    long start = System.nanoTime();
    long left = nanos;
    while (waiting.isEmpty() && !closed && left > 0) {
      waited(left);
      left = nanos - (System.nanoTime() - start);
    }
    // Room first: nothing that was taken out may be lost for want of memory.
    List<PendingEvent> group = new ArrayList<>(Math.min(waiting.size(), LARGEST_GROUP));
    while (!waiting.isEmpty() && group.size() < LARGEST_GROUP) {
      group.add(waiting.remove());
    }
    notifyAll();
    return group;
  }

  /** Nothing more comes in; what is there is still given out. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Whether nothing is left to give out. */
  synchronized boolean isFinished() {
    return closed && waiting.isEmpty();
  }

  /** Whether it was interrupted. */
  @GuardedBy("this")
  @SuppressWarnings("WaitNotInLoop") // both callers loop
  private boolean waited(long nanos) {
    try {
      if (nanos == 0) {
        wait();
      } else {
        wait(nanos / 1_000_000, (int) (nanos % 1_000_000));
      }
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }
}
