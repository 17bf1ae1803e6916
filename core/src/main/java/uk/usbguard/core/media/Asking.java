package uk.usbguard.core.media;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import uk.usbguard.core.error.BugException;

/**
 * Asks something that may hang in the kernel, in a thread of its own, and waits only so long. A
 * thread that hangs there can be neither ended nor interrupted (that would close the channel, which
 * waits for the thread): it is left behind, and does not keep the program from ending. For one
 * thread that asks.
 */
final class Asking implements AutoCloseable {

  private final Patience patience;
  private final ExecutorService thread = Executors.newSingleThreadExecutor(Asking::daemon);
  private long spentNanos;
  private boolean gaveUp;

  Asking(Patience patience) {
    this.patience = patience;
  }

  private static Thread daemon(Runnable deed) {
    Thread thread = new Thread(deed, "usbguard-medium");
    thread.setDaemon(true);
    return thread;
  }

  boolean gaveUp() {
    return gaveUp;
  }

  /**
   * The answer.
   *
   * @throws TooSlowException if there was none in time, now or before
   */
  <T> T answer(Callable<T> question) throws IOException {
    return answer(question, patience.once());
  }

  /** The same, for a question of many reads. */
  <T> T answer(Callable<T> question, Duration most) throws IOException {
    long left = Math.min(most.toNanos(), patience.inAll().toNanos() - spentNanos);
    if (gaveUp || left <= 0) {
      gaveUp = true;
      throw new TooSlowException();
    }
    long started = patience.nanoTime().getAsLong();
    try {
      return await(thread.submit(question), left);
    } finally {
      spentNanos += patience.nanoTime().getAsLong() - started;
    }
  }

  private <T> T await(Future<T> answer, long nanos) throws IOException {
    try {
      return answer.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      gaveUp = true;
      throw new TooSlowException();
    } catch (InterruptedException e) {
      gaveUp = true;
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a medium was asked");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failed) {
        throw failed;
      }
      throw new BugException("a medium failed", e.getCause());
    }
  }

  /** What is still to be done when the thread comes back, if ever; nobody waits for its end. */
  void afterwards(Callable<?> deed) {
    thread.execute(new FutureTask<>(deed));
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
