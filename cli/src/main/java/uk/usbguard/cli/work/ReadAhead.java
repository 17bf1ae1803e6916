package uk.usbguard.cli.work;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import uk.usbguard.cli.render.Notes;
import uk.usbguard.core.error.BugException;

/**
 * Walks the sources and reads small files on threads of its own, ahead of the one writer, who gets
 * everything in order. Starts at once, so that walking and reading go on while the key is derived.
 * What is read and not yet taken is at most {@value #BUDGET} bytes.
 */
final class ReadAhead implements AutoCloseable {

  /** What one writer can have waiting. */
  static final int BUDGET = 8 << 20;

  /** Larger files are read by the writer as it stores them. */
  static final int SMALL = 1 << 20;

  private static final int READERS = 2;

  /** What an item costs beside its content: bounds the queue too. */
  private static final int ITEM_COST = 512;

  private final BlockingQueue<Event> queue = new LinkedBlockingQueue<>();
  private final Semaphore budget = new Semaphore(BUDGET);
  private final ExecutorService walker = Executors.newSingleThreadExecutor(r -> daemon(r, "walk"));
  private final ExecutorService readers =
      Executors.newFixedThreadPool(READERS, r -> daemon(r, "read"));
  private final BooleanSupplier cancelled;
  private volatile boolean closed;

  /** One of: an item, the end, or what ended the walk. */
  private record Event(@Nullable SourceItem item, @Nullable Throwable failure) {}

  /** Goes through what there is to store. */
  interface Walking {
    void run(SourceWalk walk) throws IOException, InterruptedException;
  }

  ReadAhead(BooleanSupplier cancelled) {
    this.cancelled = cancelled;
  }

  /** Starts. */
  void start(Exclusions exclusions, Notes notes, Walking walking) {
    walker.execute(
        () -> {
          try (SourceWalk walk = new SourceWalk(exclusions, notes, new Queueing())) {
            walking.run(walk);
            queue.add(new Event(null, null));
          } catch (IOException | InterruptedException | RuntimeException | Error e) {
            queue.add(new Event(null, e)); // the writer throws it
          }
        });
  }

  /** The next item; empty at the end. */
  Optional<SourceItem> next() throws IOException {
    Event event = take();
    Throwable failure = event.failure();
    if (failure instanceof IOException e) {
      throw e;
    }
    if (failure != null) {
      throw new BugException("the walk ended", failure);
    }
    return Optional.ofNullable(event.item());
  }

  /** The writer is done with the item. */
  void release(SourceItem item) {
    budget.release(item.permits());
  }

  private Event take() throws IOException {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException();
    }
  }

  @Override
  public void close() {
    closed = true;
    budget.release(BUDGET); // a walker that waits for room goes on and sees that it is over
    walker.shutdown();
    readers.shutdown();
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, "usbguard-" + name);
    thread.setDaemon(true);
    return thread;
  }

  /** Called on the walker's thread only. */
  private final class Queueing implements SourceWalk.Sink {

    @Override
    public void found(
        Path file, DiskName name, DiskEntry entry, Place parent, @Nullable Place own, Twin twin)
        throws InterruptedException {
      boolean readNow = own == null && entry.size() <= SMALL;
      int size = readNow ? (int) entry.size() : 0;
      int permits = size + ITEM_COST;
      budget.acquire(permits);
      if (isCancelled()) {
        return;
      }
      Future<Optional<FileContent>> content =
          readNow ? readers.submit(() -> FileContent.read(file, size)) : null;
      queue.add(
          new Event(new SourceItem(file, name, entry, parent, own, twin, content, permits), null));
    }

    @Override
    public boolean isCancelled() {
      return closed || cancelled.getAsBoolean();
    }
  }
}
