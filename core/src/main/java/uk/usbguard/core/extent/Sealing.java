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
    for (FutureTask<?> task = running.poll(); task != null; task = running.poll()) {
      task.run();
      try {
        task.get();
      } catch (ExecutionException e) {
        throw new BugException("sealing failed", e.getCause());
      } catch (InterruptedException e) {
        running.addFirst(task); // wait on: a batch that is sealed in part must not be used
        awaitUninterruptibly();
        Thread.currentThread().interrupt();
      }
    }
  }

  private void awaitUninterruptibly() {
    FutureTask<?> task = running.poll();
    while (task != null) {
      try {
        task.get();
        task = running.poll();
      } catch (ExecutionException e) {
        throw new BugException("sealing failed", e.getCause());
      } catch (InterruptedException e) {
        continue;
      }
    }
  }
}
