package uk.usbguard.core.file;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Exclusive use of whatever a lock file stands for, among all threads and processes that ask for it
 * in this way. The system gives it back when the process ends however it ends; the lock file stays.
 *
 * <p>Who waits gets a turn: the threads of a process in the order in which they asked, and between
 * processes whoever gives the lease back and wants it again comes after one that was waiting.
 */
public final class FileLease implements AutoCloseable {

  /** The byte of the lock file whose lock is the lease. */
  private static final long TURN = 0;

  /** The byte that the next process locks before it waits for its turn. */
  private static final long NEXT = 1;

  /** The system can wait for a lock, but not for a limited time. */
  private static final Duration POLL = Duration.ofMillis(1);

  /**
   * One for each lock file that this process ever asked for. A POSIX lock is the process's, and
   * closing any channel of the file gives it up: no second channel may be opened while one is.
   */
  private static final Map<Path, Semaphore> QUEUES = new ConcurrentHashMap<>();

  private final FileChannel channel;
  private final Semaphore queue;

  private FileLease(FileChannel channel, Semaphore queue) {
    this.channel = channel;
    this.queue = queue;
  }

  /**
   * Waits for the lease; nothing if others had it until patience ended. Makes the lock file if it
   * is missing; its folder has to be there.
   *
   * @throws InterruptedIOException if the thread is interrupted while it waits; it stays so
   */
  public static Optional<FileLease> take(Path lockFile, Duration patience) throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    Semaphore queue =
        QUEUES.computeIfAbsent(identity(lockFile), file -> new Semaphore(1, /* fair= */ true));
    if (!await(queue, patience)) {
      return Optional.empty();
    }
    Optional<FileLease> lease = Optional.empty();
    try {
      lease = lock(lockFile, queue, end);
    } finally {
      if (lease.isEmpty()) {
        queue.release();
      }
    }
    return lease;
  }

  /** One name for a lock file, by whatever path it is asked for. */
  private static Path identity(Path lockFile) throws IOException {
    Path folder = lockFile.toAbsolutePath().getParent();
    return (folder == null ? lockFile : folder.toRealPath()).resolve(lockFile.getFileName());
  }

  private static boolean await(Semaphore queue, Duration patience) throws IOException {
    try {
      return queue.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted();
    }
  }

  private static Optional<FileLease> lock(Path lockFile, Semaphore queue, long end)
      throws IOException {
    FileChannel channel =
        FileChannel.open(
            lockFile,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PrivateFile.ownerOnly(lockFile, "rw-------"));
    boolean ours = false;
    try {
      FileLock next = lock(channel, NEXT, end);
      if (next != null) {
        ours = lock(channel, TURN, end) != null;
        next.release();
      }
    } finally {
      if (!ours) {
        channel.close();
      }
    }
    return ours ? Optional.of(new FileLease(channel, queue)) : Optional.empty();
  }

  /** Locks one byte; null if another process kept it until the end. */
  private static FileLock lock(FileChannel channel, long place, long end) throws IOException {
    FileLock lock = channel.tryLock(place, 1, false);
    while (lock == null && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(POLL.toNanos());
      if (Thread.currentThread().isInterrupted()) {
        throw interrupted();
      }
      lock = channel.tryLock(place, 1, false);
    }
    return lock;
  }

  private static InterruptedIOException interrupted() {
    return new InterruptedIOException("interrupted while waiting for a lock file");
  }

  /** Whether another process will have the lease next. */
  boolean isAwaited() throws IOException {
    FileLock next = channel.tryLock(NEXT, 1, false);
    if (next == null) {
      return true;
    }
    next.release();
    return false;
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      queue.release();
    }
  }
}
