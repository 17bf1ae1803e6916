package uk.usbguard.core.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import uk.usbguard.core.error.BugException;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.format.DataPointer;
import uk.usbguard.core.format.FormatLimits;

/** Hands one large file over in order, while other threads read and open what comes next. */
final class FileTransfer {

  private static final int EXTENT = FormatLimits.EXTENT;
  private static final byte[] ZEROS = new byte[EXTENT];

  private static final int CHUNK = TransferBuffers.EXTENTS;

  static final int AHEAD = 6;

  private final Session session;
  private final FileExtents extents;
  private final long fileId;
  private final long size;

  FileTransfer(Session session, FileExtents extents) {
    this.session = session;
    this.extents = extents;
    this.fileId = extents.entry().objectId();
    this.size = extents.entry().size();
  }

  /** If a record does not open, everything before it was handed over and nothing of it. */
  void to(ByteSink sink) throws IOException, ContainerException {
    Deque<FutureTask<Chunk>> ahead = new ArrayDeque<>();
    Deque<Chunk> spare = new ArrayDeque<>();
    List<Chunk> chunks = new ArrayList<>();
    long count = (size + EXTENT - 1) / EXTENT;
    long next = 0;
    try {
      while (next < count || !ahead.isEmpty()) {
        while (next < count && ahead.size() < AHEAD) {
          if (spare.isEmpty()) {
            chunks.add(new Chunk());
            spare.add(chunks.get(chunks.size() - 1));
          }
          Chunk chunk = spare.pop();
          next = plan(chunk, next, count);
          FutureTask<Chunk> task = new FutureTask<>(chunk::fill, chunk);
          ahead.add(task);
          session.workers().sealers().execute(task);
        }
        Chunk done = finished(ahead.remove());
        spare.push(done);
        handOver(done, sink);
      }
    } finally {
      chunks.forEach(chunk -> chunk.loan.end());
    }
  }

  private void handOver(Chunk chunk, ByteSink sink) throws IOException, ContainerException {
    try {
      chunk.handOver(sink);
    } catch (DamagedContainerException e) {
      if (!session.refresh()) {
        throw e;
      }
      byte[] plain = new byte[EXTENT]; // a writer has gone on meanwhile: extent by extent
      try {
        for (int at = chunk.good; at < chunk.length; at += EXTENT) {
          extents.read(chunk.from + at / EXTENT, plain);
          sink.writeAll(ByteBuffer.wrap(plain, 0, Math.min(EXTENT, chunk.length - at)));
        }
      } finally {
        Arrays.fill(plain, (byte) 0);
      }
    }
  }

  /** Settles which extents a chunk holds; returns the extent behind them. */
  private long plan(Chunk chunk, long from, long behind) throws IOException, ContainerException {
    long end = Math.min(behind, from + CHUNK);
    Optional<FileExtents.Run> run = extents.runAt(from);
    chunk.from = from;
    chunk.run = run;
    if (run.isEmpty()) {
      chunk.count = (int) (end - from);
      chunk.hole = true;
    } else if (run.get().first() > from) {
      chunk.count = (int) (Math.min(end, run.get().first()) - from);
      chunk.hole = true;
    } else {
      chunk.count = (int) (Math.min(end, run.get().first() + run.get().run().count()) - from);
      chunk.hole = false;
    }
    chunk.length = (int) (Math.min(size, (from + chunk.count) * EXTENT) - from * EXTENT);
    return from + chunk.count;
  }

  private static Chunk finished(FutureTask<Chunk> task) {
    task.run(); // does nothing if a worker has begun it
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw new BugException("reading ahead", e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Some extents of one run, or of a hole, in buffers that are used again. */
  private final class Chunk {

    private final TransferBuffers.Loan loan = session.transferBuffers().lend();
    private final ByteBuffer sealed = loan.pair().sealed();
    private final ByteBuffer plain = loan.pair().plain();
    private long from;
    private int count;
    private int length;
    private boolean hole;
    private Optional<FileExtents.Run> run = Optional.empty();
    private Optional<IOException> fault = Optional.empty();
    private Optional<DamagedContainerException> damage = Optional.empty();
    private int good;

    void fill() {
      if (loan.begin()) {
        try {
          fillBuffers();
        } finally {
          loan.done();
        }
      }
    }

    private void fillBuffers() {
      fault = Optional.empty();
      damage = Optional.empty();
      good = 0;
      if (hole) {
        zero(0, length);
        good = length;
        return;
      }
      try {
        open(run.orElseThrow());
      } catch (IOException e) {
        fault = Optional.of(e);
      } catch (DamagedContainerException e) {
        damage = Optional.of(e);
      }
    }

    private void open(FileExtents.Run r) throws IOException, DamagedContainerException {
      int skip = (int) (from - r.first());
      DataPointer start = r.run().record(skip);
      DataPointer last = r.run().record(skip + count - 1);
      int bytes = last.offset() + last.sealedLength() - start.offset();
      session.readSealed(start.batch(), start.offset(), sealed.clear().limit(bytes));
      for (int i = 0; i < count; i++) {
        DataPointer p = r.run().record(skip + i);
        int to = i * EXTENT;
        long offset = (from + i) * EXTENT;
        int at = p.offset() - start.offset();
        if (!session.storage().openData(p, fileId, offset, sealed, at, plain, to)) {
          throw FileExtents.damaged(p);
        }
        zero(to + p.plainLength(), to + EXTENT);
        good = Math.min(length, to + EXTENT);
      }
    }

    private void zero(int start, int end) {
      plain.clear().position(start);
      while (plain.position() < end) {
        plain.put(ZEROS, 0, Math.min(EXTENT, end - plain.position()));
      }
    }

    void handOver(ByteSink sink) throws IOException, ContainerException {
      if (good > 0) {
        sink.writeAll(plain.clear().limit(good));
      }
      if (fault.isPresent()) {
        throw fault.get();
      }
      if (damage.isPresent()) {
        throw damage.get();
      }
    }
  }
}
