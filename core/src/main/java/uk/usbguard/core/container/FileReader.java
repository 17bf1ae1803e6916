package uk.usbguard.core.container;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import uk.usbguard.core.error.BugException;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.DamagedContainerException.Part;
import uk.usbguard.core.error.EntryException;
import uk.usbguard.core.error.EntryException.Reason;
import uk.usbguard.core.format.DataPointer;
import uk.usbguard.core.format.DirectoryEntry;
import uk.usbguard.core.format.EntryContent;
import uk.usbguard.core.format.ExtentRun;
import uk.usbguard.core.format.FormatLimits;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.Value;

/**
 * Reads one file. Whatever it hands out has been verified, and belongs to the file and the place
 * that was asked for. A file that is changed or removed meanwhile ends the reading with an error,
 * never with bytes of two states.
 */
public final class FileReader {

  private static final int EXTENT = FormatLimits.EXTENT;

  /** Extents that are read and opened at once. */
  private static final int CHUNK = 16;

  private static final int AHEAD = 3;

  private final Session session;
  private final Key key;
  private final DirectoryEntry entry;

  FileReader(Session session, Key key, DirectoryEntry entry) {
    this.session = session;
    this.key = key;
    this.entry = entry;
  }

  /** The size of the file in bytes. */
  public long size() {
    return entry.size();
  }

  /** The file as it was when it was opened. */
  public Entry entry() {
    return Entry.of(entry);
  }

  /**
   * Reads up to {@code length} bytes.
   *
   * @return the number read, -1 behind the end
   */
  public int read(long position, byte[] target, int offset, int length)
      throws IOException, ContainerException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (position < 0) {
      throw new IllegalArgumentException("position " + position);
    }
    if (position >= size()) {
      return -1;
    }
    int wanted = (int) Math.min(length, size() - position);
    if (entry.content() instanceof EntryContent.Inline inline) {
      System.arraycopy(inline.toBytes(), (int) position, target, offset, wanted);
      return wanted;
    }
    byte[] plain = new byte[EXTENT];
    int done = 0;
    while (done < wanted) {
      long at = position + done;
      readExtent(at / EXTENT, plain);
      int within = (int) (at % EXTENT);
      int n = Math.min(wanted - done, EXTENT - within);
      System.arraycopy(plain, within, target, offset + done, n);
      done += n;
    }
    Arrays.fill(plain, (byte) 0);
    return wanted;
  }

  /** Reads one extent; what nothing covers is zero. */
  private void readExtent(long extent, byte[] plain) throws IOException, ContainerException {
    Arrays.fill(plain, (byte) 0);
    Optional<DataPointer> pointer = pointerTo(extent);
    if (pointer.isEmpty()) {
      return;
    }
    DataPointer p = pointer.get();
    if (opens(p, extent, plain)) {
      return;
    }
    if (!session.refresh()) {
      throw damaged(p);
    }
    requireUnchanged(); // a writer has gone on meanwhile
    DataPointer now = pointerTo(extent).orElseThrow(() -> damaged(p));
    if (!opens(now, extent, plain)) {
      throw damaged(now);
    }
  }

  private boolean opens(DataPointer p, long extent, byte[] plain)
      throws IOException, DamagedContainerException {
    byte[] sealed = new byte[p.sealedLength()];
    session.readSealed(p.batch(), p.offset(), sealed, sealed.length);
    return session.storage().openData(p, entry.objectId(), extent * EXTENT, sealed, 0, plain, 0);
  }

  private static DamagedContainerException damaged(DataPointer p) {
    return new DamagedContainerException(Part.DATA, p.position(), "record does not open");
  }

  private Optional<DataPointer> pointerTo(long extent) throws IOException, ContainerException {
    if (entry.content() instanceof EntryContent.OneRecord one) {
      return extent == 0 ? Optional.of(one.record()) : Optional.empty();
    }
    Optional<Run> run = runAt(extent);
    return run.filter(r -> extent >= r.first() && extent < r.first() + r.run().count())
        .map(r -> r.run().record((int) (extent - r.first())));
  }

  /** A run and its first extent. */
  private record Run(long first, ExtentRun run) {}

  /** The run that covers an extent, or the next one behind it; checks that the file is still it. */
  private Optional<Run> runAt(long extent) throws IOException, ContainerException {
    Key wanted = Key.extent(entry.objectId(), extent);
    Key end = Key.filePrefix(entry.objectId()).afterPrefix();
    Optional<Run> found =
        session.reading(
            index -> {
              Optional<Run> below = run(index.floor(wanted));
              boolean covers =
                  below.isPresent() && extent < below.get().first() + below.get().run().count();
              return covers
                  ? below
                  : run(index.ceiling(wanted).filter(e -> e.getKey().compareTo(end) < 0));
            });
    if (found.isEmpty() || found.get().first() > extent) {
      requireUnchanged(); // a hole, or the file is gone
    }
    return found;
  }

  private Optional<Run> run(Optional<Map.Entry<Key, Value>> at) {
    return at.filter(e -> e.getValue() instanceof ExtentRun && e.getKey().id() == entry.objectId())
        .map(e -> new Run(e.getKey().extent(), (ExtentRun) e.getValue()));
  }

  private void requireUnchanged() throws IOException, ContainerException {
    Optional<Value> now = session.get(key);
    boolean same =
        now.isPresent()
            && now.get() instanceof DirectoryEntry there
            && there.objectId() == entry.objectId()
            && there.content().equals(entry.content());
    if (!same) {
      throw new EntryException(Reason.NO_SUCH_ENTRY, entry.name());
    }
  }

  /** Writes the whole file to a stream. */
  public void transferTo(OutputStream out) throws IOException, ContainerException {
    transferTo(out::write);
  }

  /**
   * Hands the whole file over in order, reading and opening ahead. If a record does not open,
   * everything before it was handed over and nothing of it or behind it.
   */
  public void transferTo(ByteSink sink) throws IOException, ContainerException {
    if (entry.content() instanceof EntryContent.Inline inline) {
      byte[] bytes = inline.toBytes();
      sink.write(bytes, 0, bytes.length);
      return;
    }
    if (size() <= EXTENT) {
      transferSmall(sink);
      return;
    }
    transferLarge(sink);
  }

  private void transferSmall(ByteSink sink) throws IOException, ContainerException {
    if (size() > 0) {
      byte[] plain = new byte[EXTENT];
      readExtent(0, plain);
      sink.write(plain, 0, (int) size());
    }
  }

  private void transferLarge(ByteSink sink) throws IOException, ContainerException {
    Deque<FutureTask<Chunk>> ahead = new ArrayDeque<>();
    Deque<Chunk> spare = new ArrayDeque<>();
    long extents = (size() + EXTENT - 1) / EXTENT;
    long next = 0;
    try {
      while (next < extents || !ahead.isEmpty()) {
        while (next < extents && ahead.size() < AHEAD) {
          Chunk chunk = spare.isEmpty() ? new Chunk() : spare.pop();
          next = plan(chunk, next, extents);
          FutureTask<Chunk> task = new FutureTask<>(chunk::fill, chunk);
          ahead.add(task);
          session.workers().sealers().execute(task);
        }
        Chunk done = finished(ahead.remove());
        handOver(done, sink);
        spare.push(done);
      }
    } finally {
      ahead.forEach(FileReader::finishQuietly);
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
      for (int at = chunk.good; at < chunk.length; at += EXTENT) {
        readExtent(chunk.from + at / EXTENT, plain);
        sink.write(plain, 0, Math.min(EXTENT, chunk.length - at));
      }
    }
  }

  /** Settles which extents a chunk holds; returns the extent behind them. */
  private long plan(Chunk chunk, long from, long extents) throws IOException, ContainerException {
    long end = Math.min(extents, from + CHUNK);
    Optional<Run> run = runAt(from);
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
    chunk.length = (int) (Math.min(size(), (from + chunk.count) * EXTENT) - from * EXTENT);
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

  private static void finishQuietly(FutureTask<Chunk> task) {
    if (!task.cancel(false)) {
      finished(task);
    }
  }

  /** Some extents of one run, or of a hole, in buffers that are used again. */
  private final class Chunk {

    private final byte[] plain = new byte[CHUNK * EXTENT];
    private byte[] sealed = new byte[0];
    private long from;
    private int count;
    private int length;
    private boolean hole;
    private Optional<Run> run = Optional.empty();
    private Optional<IOException> fault = Optional.empty();
    private Optional<DamagedContainerException> damage = Optional.empty();
    private int good;

    void fill() {
      fault = Optional.empty();
      damage = Optional.empty();
      good = 0;
      if (hole) {
        Arrays.fill(plain, (byte) 0);
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

    private void open(Run r) throws IOException, DamagedContainerException {
      int skip = (int) (from - r.first());
      DataPointer start = r.run().record(skip);
      DataPointer last = r.run().record(skip + count - 1);
      int bytes = last.offset() + last.sealedLength() - start.offset();
      if (sealed.length < bytes) {
        sealed = new byte[CHUNK * (EXTENT + FormatLimits.RECORD_OVERHEAD)];
      }
      session.readSealed(start.batch(), start.offset(), sealed, bytes);
      for (int i = 0; i < count; i++) {
        DataPointer p = r.run().record(skip + i);
        int to = i * EXTENT;
        long offset = (from + i) * EXTENT;
        if (!session
            .storage()
            .openData(
                p, entry.objectId(), offset, sealed, p.offset() - start.offset(), plain, to)) {
          throw damaged(p);
        }
        if (p.plainLength() < EXTENT) {
          Arrays.fill(plain, to + p.plainLength(), to + EXTENT, (byte) 0);
        }
        good = Math.min(length, to + EXTENT);
      }
    }

    void handOver(ByteSink sink) throws IOException, ContainerException {
      if (good > 0) {
        sink.write(plain, 0, good);
      }
      if (fault.isPresent()) {
        throw fault.get();
      }
      if (damage.isPresent()) {
        throw damage.get();
      }
    }
  }

  /**
   * Reads and opens everything.
   *
   * @return what is damaged, in order; bytes of one range are damaged together
   */
  public List<ByteRange> damage(ProgressListener progress) throws IOException, ContainerException {
    List<ByteRange> ranges = new ArrayList<>();
    long extents = (size() + EXTENT - 1) / EXTENT;
    byte[] plain = new byte[EXTENT];
    for (long extent = 0; extent < extents; extent++) {
      long start = extent * EXTENT;
      long end = Math.min(size(), start + EXTENT);
      if (!(entry.content() instanceof EntryContent.Inline) && !isWhole(extent, plain)) {
        join(ranges, new ByteRange(start, end));
      }
      progress.advanced(end, size());
    }
    return ranges;
  }

  private boolean isWhole(long extent, byte[] plain) throws IOException, ContainerException {
    try {
      readExtent(extent, plain);
      return true;
    } catch (DamagedContainerException e) {
      return false;
    }
  }

  private static void join(List<ByteRange> ranges, ByteRange range) {
    int last = ranges.size() - 1;
    if (last >= 0 && ranges.get(last).end() == range.start()) {
      ranges.set(last, new ByteRange(ranges.get(last).start(), range.end()));
    } else {
      ranges.add(range);
    }
  }
}
