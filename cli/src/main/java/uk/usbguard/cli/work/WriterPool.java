package uk.usbguard.cli.work;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.error.BugException;
import uk.usbguard.core.error.ContainerException;

/**
 * Two threads that write files. A bounded number of files waits; the first failure stops the rest
 * and is thrown to the caller.
 */
final class WriterPool implements AutoCloseable {

  private static final int THREADS = 2;
  private static final int WAITING = 256;

  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS,
          work -> {
            Thread thread = new Thread(work, "usbguard-write");
            thread.setDaemon(true);
            return thread;
          });
  private final Semaphore room = new Semaphore(WAITING);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final BooleanSupplier cancelled;

  /** Writes one file. */
  interface Work {
    void run() throws IOException, ContainerException;
  }

  WriterPool(BooleanSupplier cancelled) {
    this.cancelled = cancelled;
  }

  void execute(Work work) throws IOException, ContainerException {
    throwFailure();
    room.acquireUninterruptibly();
    threads.execute(
        () -> {
          try {
            if (failure.get() == null && !cancelled.getAsBoolean()) {
              work.run();
            }
          } catch (IOException | ContainerException | RuntimeException | Error e) {
            failure.compareAndSet(null, e); // no memory, too: else a file is missing unsaid
          } finally {
            room.release();
          }
        });
  }

  /** Returns when all is written. */
  void finish() throws IOException, ContainerException {
    room.acquireUninterruptibly(WAITING);
    room.release(WAITING);
    throwFailure();
  }

  private void throwFailure() throws IOException, ContainerException {
    Throwable first = failure.get();
    if (first instanceof IOException e) {
      throw e;
    }
    if (first instanceof ContainerException e) {
      throw e;
    }
    if (first != null) {
      throw new BugException("writing a file", first);
    }
  }

  @Override
  public void close() {
    room.acquireUninterruptibly(WAITING); // what has begun ends before the container is closed
    room.release(WAITING);
    threads.shutdown();
  }
}
