package uk.usbguard.core.registry;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.error.BugException;
import uk.usbguard.core.registry.EntrySource.Entry;
import uk.usbguard.core.registry.ReadEntry.Accepted;
import uk.usbguard.core.registry.ReadEntry.Refused;

/**
 * Reads a file and holds its entries against the rules on a thread of its own, a few batches ahead
 * of the database. Only that thread touches the source until this is closed.
 */
final class EntryBatches implements AutoCloseable {

  static final int BATCH = 500;

  private static final int AHEAD = 4;

  private final EntrySource source;
  private final EntryRules rules;
  private final BlockingQueue<Batch> ready = new ArrayBlockingQueue<>(AHEAD);
  private final Thread reader;

  /**
   * What goes from the one thread to the other.
   *
   * @param end nothing follows
   * @param fault why nothing follows; null if the file is at its end
   */
  private record Batch(List<ReadEntry> entries, boolean end, @Nullable Exception fault) {}

  private EntryBatches(EntrySource source, EntryRules rules) {
    this.source = source;
    this.rules = rules;
    this.reader = new Thread(this::read, "usbguard-import");
    this.reader.setDaemon(true);
  }

  static EntryBatches of(EntrySource source, EntryRules rules) {
    EntryBatches batches = new EntryBatches(source, rules);
    batches.reader.start();
    return batches;
  }

  /** The next entries in the order of the file; empty at the end. */
  List<ReadEntry> next() throws IOException, EntryFormatException {
    Batch batch = take();
    if (batch.fault() instanceof EntryFormatException format) {
      throw format;
    }
    if (batch.fault() instanceof IOException io) {
      throw io;
    }
    if (batch.fault() != null) {
      throw new BugException("reading entries", batch.fault());
    }
    return batch.entries();
  }

  private Batch take() throws InterruptedIOException {
    try {
      Batch batch = ready.take();
      if (batch.end()) {
        ready.add(batch); // for whoever asks again
      }
      return batch;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private void read() {
    Exception fault = new IllegalStateException("the reading thread has ended");
    try {
      List<ReadEntry> entries;
      do {
        entries = readBatch();
        if (!entries.isEmpty()) {
          ready.put(new Batch(entries, false, null));
        }
      } while (entries.size() == BATCH); // a shorter one has met the end: a source has only one
      fault = null;
    } catch (IOException | EntryFormatException | RuntimeException e) {
      fault = e;
    } catch (InterruptedException e) {
      return; // closed: nobody listens
    } finally {
      end(fault);
    }
  }

  private void end(@Nullable Exception fault) {
    try {
      ready.put(new Batch(List.of(), true, fault));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed: nobody listens
    }
  }

  private List<ReadEntry> readBatch() throws IOException, EntryFormatException {
    List<ReadEntry> entries = new ArrayList<>(BATCH);
    while (entries.size() < BATCH) {
      Optional<Entry> entry = source.next();
      if (entry.isEmpty()) {
        return entries;
      }
      entries.add(judge(entry.get()));
    }
    return entries;
  }

  private ReadEntry judge(Entry entry) {
    try {
      Device device = rules.accept(entry.fields());
      return new Accepted(entry.line(), device.tag().key(), device, entry.fields().keySet());
    } catch (RegisterRefusedException e) {
      return new Refused(entry.line(), entry.fields().getOrDefault(Field.TAG, ""), e);
    }
  }

  /** Ends the reading, also in the middle of the file. */
  @Override
  public void close() {
    reader.interrupt();
    boolean interrupted = false;
    while (reader.isAlive()) {
      try {
        ready.clear();
        reader.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
