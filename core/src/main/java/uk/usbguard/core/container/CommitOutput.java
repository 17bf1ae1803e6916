package uk.usbguard.core.container;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.error.BugException;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.MediumFullException;
import uk.usbguard.core.extent.FinishedBatch;
import uk.usbguard.core.extent.Region;
import uk.usbguard.core.format.FormatLimits;
import uk.usbguard.core.io.SegmentedFile;
import uk.usbguard.core.record.Records;

/**
 * Puts commits onto the medium, one after the other, while the next one is being built. Within a
 * commit: batches, root slot, one force (I2); it counts as done when that force returned (I3).
 */
final class CommitOutput {

  private final SegmentedFile file;
  private final AnchorAreas areas;
  private final Records records;
  private final ExecutorService executor;
  private final Deque<Pending> pending = new ArrayDeque<>();
  private final List<byte[]> spareBuffers = new ArrayList<>();
  private byte[] keyArea;
  private volatile long highestRoot;
  private volatile boolean failed;
  private volatile boolean abandoned;
  private final AtomicLong commits = new AtomicLong();

  /** A commit that is on its way to the medium. */
  private record Pending(
      CommittedState state, List<FinishedBatch> batches, Future<@Nullable Void> done) {}

  CommitOutput(Storage storage, ExecutorService executor, byte[] keyArea) {
    this.file = storage.file();
    this.areas = storage.areas();
    this.records = storage.records();
    this.executor = executor;
    this.keyArea = keyArea;
  }

  /** The key area that later areas are equipped with. */
  void keyAreaIs(byte[] bytes) {
    keyArea = bytes;
  }

  byte[] keyArea() {
    return keyArea;
  }

  /** Hands a commit over; it may still fail, which the next {@link #await} tells. */
  void submit(CommittedState state, List<FinishedBatch> batches) {
    byte[] key = keyArea;
    Future<@Nullable Void> done =
        executor.submit(
            () -> {
              writeUnlessFailed(batches, key);
              return null;
            });
    pending.add(new Pending(state, batches, done));
  }

  /** A commit stands on the one before: after a failure none may reach the medium. */
  private void writeUnlessFailed(List<FinishedBatch> batches, byte[] key)
      throws IOException, ContainerException {
    if (failed || abandoned) {
      throw new IOException("an earlier commit failed");
    }
    failed = true;
    try {
      write(batches, key);
    } catch (MediumFullException full) {
      takeBack(batches.get(batches.size() - 1), full);
      throw full;
    }
    failed = false;
  }

  /**
   * Spoils what a full medium cut off. The caller hears that the commit failed, so it must not be
   * found whole by the next opening, neither through its root slot nor as the one that follows.
   *
   * <p>A medium that is too full even to overwrite (copy-on-write file systems) cannot be helped.
   *
   * @throws IOException if that fails too: then nobody knows what the next opening finds
   */
  private void takeBack(FinishedBatch last, MediumFullException full) throws IOException {
    long position = last.place().position();
    int front = FormatLimits.BLOCK;
    int record = last.rootSlot().commitOffset() / FormatLimits.BLOCK * FormatLimits.BLOCK;
    int segment = SegmentedFile.segmentOf(position);
    long there = file.lengthOf(segment) - SegmentedFile.offsetOf(position);
    if (there < last.place().length()) {
      return; // it was never written
    }
    try {
      file.write(position, new byte[front], 0, front);
      byte[] end = new byte[last.place().length() - record];
      file.write(position + record, end, 0, end.length);
      file.force();
    } catch (MediumFullException e) {
      full.addSuppressed(e);
    } catch (IOException e) {
      e.addSuppressed(full);
      throw e;
    }
  }

  private void write(List<FinishedBatch> batches, byte[] key)
      throws IOException, ContainerException {
    for (FinishedBatch batch : batches) {
      long position = batch.place().position();
      int segment = SegmentedFile.segmentOf(position);
      boolean opensSegment =
          batch.region().kind() == Region.Kind.END
              && segment > 0
              && SegmentedFile.offsetOf(position) == FormatLimits.SEGMENT_HEADER_LENGTH;
      if (opensSegment) {
        file.startSegment(segment);
      }
      file.growTo(position + batch.place().length());
      file.write(position, batch.bytes(), 0, batch.place().length());
    }
    areas.equip(key);
    FinishedBatch last = batches.get(batches.size() - 1);
    highestRoot = last.commit().orElseThrow().generation();
    areas.writeRoot(records, last.rootSlot());
    file.force();
    if (last.commit().orElseThrow().clean()) {
      confirm(last);
    }
  }

  private void confirm(FinishedBatch last) {
    try {
      areas.confirmRoot(records, last.rootSlot());
    } catch (IOException | MediumFullException e) {
      // The commit is on the medium all the same; the next reader looks more closely, that is all.
    }
  }

  /** Waits until no more than {@code most} commits are on their way; tells of each that arrives. */
  void await(int most, Consumer<CommittedState> arrived) throws IOException, ContainerException {
    while (pending.size() > most) {
      Pending next = pending.getFirst();
      get(next.done());
      pending.removeFirst();
      commits.incrementAndGet();
      arrived.accept(next.state());
      if (spareBuffers.size() < 2) {
        spareBuffers.add(next.batches().get(0).bytes());
      }
    }
  }

  /** The highest generation whose root slot may be on the medium. */
  long highestRoot() {
    return highestRoot;
  }

  /**
   * Drops what is on its way. What has not begun never will; what has is waited for, as its root
   * slot may be on the medium then ({@link #highestRoot}).
   */
  void abandon() {
    abandoned = true;
    try {
      for (Pending later : pending) {
        settle(later.done());
      }
    } finally {
      pending.clear();
      abandoned = false;
      failed = false;
    }
  }

  /** A buffer that an earlier commit no longer needs, or an empty one. */
  byte[] spareBuffer() {
    return spareBuffers.isEmpty() ? new byte[0] : spareBuffers.remove(spareBuffers.size() - 1);
  }

  /** The batch at a position that is still on its way, or null. */
  @Nullable FinishedBatch onItsWay(long position) {
    for (Pending commit : pending) {
      for (FinishedBatch batch : commit.batches()) {
        if (batch.place().position() == position) {
          return batch;
        }
      }
    }
    return null;
  }

  long commits() {
    return commits.get();
  }

  private static void settle(Future<@Nullable Void> done) {
    try {
      get(done);
    } catch (IOException | ContainerException e) {
      // It comes after a commit that failed: nothing depends on it.
    }
  }

  /** Waits through interrupts: an interrupt during I/O would close the channel. */
  private static void get(Future<@Nullable Void> done) throws IOException, ContainerException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          done.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw unwrap(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static IOException unwrap(@Nullable Throwable cause) throws ContainerException {
    if (cause instanceof ContainerException e) {
      throw e;
    }
    if (cause instanceof IOException e) {
      return e;
    }
    throw new BugException("writing a commit", cause);
  }
}
