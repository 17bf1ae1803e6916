package uk.usbguard.core.extent;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import uk.usbguard.core.error.BugException;

/** Work on a batch that other threads do, and the wait for its end. Owned by one thread. */
final class Sealing {

  private final Executor executor;
  private final Deque<FutureTask<?>> running = new ArrayDeque<>();

  Sealing(Executor executor) {
    this.executor = executor;
  }

  void start(Runnable work) {
    FutureTask<?> task = new FutureTask<>(work, null);
    running.add(task);
    executor.execute(task);
  }

  /** Returns when all that was started has ended; does itself what nobody has begun. */
  void await() {
    boolean interrupted = false;
    FutureTask<?> task = running.peek();
    while (task != null) {
      task.run();
      try {
        task.get();
        running.remove();
        task = running.peek();
      } catch (ExecutionException e) {
        throw new BugException("sealing failed", e.getCause());
      } catch (InterruptedException e) {
        interrupted = true; // wait on: a batch that is sealed in part must not be used
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
