package uk.usbguard.core.container;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of one open container: some that seal and open, one that writes. */
final class Workers implements AutoCloseable {

  private static final int MOST = 4;

  private final ThreadPoolExecutor sealers;
  private final ThreadPoolExecutor writer;

  Workers() {
    // Whoever hands over or takes what they compute needs a processor too: with one thread for
    // each,
    // two of them take turns on one and the other stands still (ADR 0006).
    int threads = Math.max(1, Math.min(MOST, Runtime.getRuntime().availableProcessors() - 1));
    sealers = pool(threads, "usbguard-seal");
    writer = pool(1, "usbguard-write");
  }

  private static ThreadPoolExecutor pool(int threads, String name) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** For work that only computes or reads. */
  ExecutorService sealers() {
    return sealers;
  }

  /** For everything that changes the medium, in order. */
  ExecutorService writer() {
    return writer;
  }

  @Override
  public void close() {
    sealers.shutdown();
    writer.shutdown();
  }
}
