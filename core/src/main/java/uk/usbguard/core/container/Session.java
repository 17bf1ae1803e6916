package uk.usbguard.core.container;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.error.BugException;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.KeyExpiredException;
import uk.usbguard.core.error.ReadOnlyContainerException;
import uk.usbguard.core.extent.BatchReader;
import uk.usbguard.core.format.CommitRecord;
import uk.usbguard.core.format.DataPointer;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.RecordName;
import uk.usbguard.core.format.Value;
import uk.usbguard.core.index.Index;
import uk.usbguard.core.index.IndexRoot;
import uk.usbguard.core.index.NodeStore;
import uk.usbguard.core.io.SegmentedFile;
import uk.usbguard.core.keyslot.KeySlots;
import uk.usbguard.core.record.Records;

/**
 * An open container at one of its commits, with what was changed since. One thread changes at a
 * time ({@link #changing}); what is read or changed of the index is so under {@link #state}, held
 * shortly and never while a file of the user is read.
 */
final class Session implements AutoCloseable {

  /** Protects index, writer and totals. */
  final ReentrantLock state = new ReentrantLock();

  /** Held by whoever changes the container, for as long as the change takes. */
  final ReentrantLock changing = new ReentrantLock();

  private final Storage storage;
  private final KeyRing keys;
  private final ContainerEnvironment environment;
  private final Workers workers = new Workers();
  private final ChunkPool chunks = new ChunkPool();
  private final HeldChanges held = new HeldChanges();

  private Index index;
  private CommitRecord current;
  private final @Nullable Writing writing;
  private final MediumLook medium = new MediumLook();
  private volatile boolean closed;
  private long payloadIn;

  Session(
      Storage storage,
      KeyRing keys,
      ContainerEnvironment environment,
      FoundCommit start,
      OpenMode mode)
      throws IOException, DamagedContainerException {
    this.storage = storage;
    this.keys = keys;
    this.environment = environment;
    this.current = start.record();
    this.writing = mode == OpenMode.READ_WRITE ? writing(start) : null;
    this.index = indexOf(current);
  }

  private Writing writing(FoundCommit start) throws IOException {
    CommittedState committed = CommittedState.read(start, storage.batches());
    CommitOutput output = new CommitOutput(storage, workers.writer(), keys.bytes());
    CommitWriter writer =
        new CommitWriter(
            storage.records(),
            output,
            new SpaceBook(storage.layout()),
            storage.file()::usableBytes,
            workers.sealers(),
            environment.clock(),
            committed,
            start.newestSeen());
    return new Writing(writer, output, committed);
  }

  private Index indexOf(CommitRecord record) {
    NodeStore store =
        writing == null
            ? new NodeIo(storage.file(), storage.records())
            : new WriterNodes(this, writing.writer());
    return record
        .root()
        .map(root -> Index.open(store, new IndexRoot(root.level(), root.pointer())))
        .orElseGet(() -> Index.empty(store));
  }

  // ---- reading

  Index index() {
    requireOpen();
    return index;
  }

  /** The newest commit that is on the medium for certain, as far as this session knows. */
  CommitRecord current() {
    return writing == null ? current : writing.durable();
  }

  Storage storage() {
    return storage;
  }

  SegmentedFile file() {
    return storage.file();
  }

  Records records() {
    return storage.records();
  }

  BatchReader batches() {
    return storage.batches();
  }

  AnchorAreas areas() {
    return storage.areas();
  }

  KeyRing keys() {
    return keys;
  }

  Workers workers() {
    return workers;
  }

  ContainerEnvironment environment() {
    return environment;
  }

  /** Whether somebody asked for an early end of what can be left half done. */
  boolean isStopRequested() {
    return environment.stop().getAsBoolean();
  }

  /** The container's id as text. */
  String id() {
    return storage.records().container().toString();
  }

  boolean isWritable() {
    return writing != null;
  }

  /** Reads a sealed record wherever it is. */
  void readSealed(long batch, int offset, byte[] target, int length)
      throws IOException, DamagedContainerException {
    Writing w = writing;
    if (w != null) {
      state.lock();
      try {
        if (w.writer().readPending(batch, offset, target, length)) {
          return;
        }
      } finally {
        state.unlock();
      }
    }
    storage.file().read(batch + offset, target, 0, length);
  }

  /**
   * Takes a reader to the newest commit. Only a read-only session does so: a writer is there
   * already.
   *
   * @return true if there is a newer one than before
   */
  boolean refresh() throws IOException {
    state.lock();
    try {
      if (writing != null || closed) {
        return false;
      }
      FoundCommit found = storage.newestCommit();
      if (found.record().generation() <= current.generation()) {
        return false;
      }
      current = found.record();
      index = indexOf(current);
      return true;
    } catch (DamagedContainerException e) {
      return false; // then what was found damaged first is what there is to say
    } finally {
      state.unlock();
    }
  }

  /**
   * Reads of the index. A reader beside a writer that meets damage looks once whether the writer
   * has gone on meanwhile, and reads there.
   */
  <T> T reading(Reading<T> action) throws IOException, ContainerException {
    state.lock();
    try {
      try {
        return action.read(index());
      } catch (DamagedContainerException e) {
        if (refresh()) {
          return action.read(index());
        }
        throw e;
      }
    } finally {
      state.unlock();
    }
  }

  /**
   * What is on the medium, at its newest commit; nothing if that cannot be read past the system's
   * cache.
   */
  Optional<MediumView> onMedium() throws IOException, ContainerException {
    changing.lock();
    try {
      requireOpen();
      return medium.newest(this);
    } finally {
      changing.unlock();
    }
  }

  // ---- changing

  private Writing writing() {
    if (writing == null) {
      throw new BugException("not opened for writing");
    }
    return writing;
  }

  /**
   * Makes a change, alone. A change that fails after it had begun takes everything back to the last
   * commit, and so does a commit that fails: half a change must never be committed.
   */
  <T> T changing(Change<T> change) throws IOException, ContainerException {
    changing.lock();
    try {
      requireWritable();
      return wholly(change);
    } finally {
      changing.unlock();
    }
  }

  private <T> T wholly(Change<T> change) throws IOException, ContainerException {
    long before = writing().writer().mutations();
    boolean whole = false;
    try {
      T result = change.change();
      whole = true;
      return result;
    } catch (SourceFailure e) {
      whole = true; // what it had begun was given up again
      throw e;
    } finally {
      boolean begun = writing().writer().mutations() != before || writing().hasFailed();
      if (!whole && begun) {
        rollBack();
      }
    }
  }

  /** Changes the ways to open the container; an old master key is no reason to refuse that. */
  <T> T changingKeys(Change<T> change) throws IOException, ContainerException {
    changing.lock();
    try {
      requireOpenForWriting();
      return change.change();
    } finally {
      changing.unlock();
    }
  }

  private void requireOpenForWriting() throws ContainerException {
    requireOpen();
    if (writing == null) {
      throw new ReadOnlyContainerException("opened for reading");
    }
    if (writing.isBroken()) {
      throw new ReadOnlyContainerException("writing failed; open it again");
    }
  }

  void requireWritable() throws ContainerException {
    requireOpenForWriting();
    if (KeyAge.of(keys.area().masterKeyMade(), environment.clock()) == KeyAge.EXPIRED) {
      throw new KeyExpiredException(keys.area().masterKeyMade());
    }
  }

  Totals totals() {
    return writing().totals();
  }

  ChunkPool chunks() {
    return chunks;
  }

  Optional<Value> get(Key key) throws IOException, ContainerException {
    return reading(i -> i.get(key));
  }

  /** Work on what only a session that writes has. */
  @FunctionalInterface
  private interface Work<T> {
    T run(Writing writing) throws IOException, ContainerException;
  }

  /** Does it while nobody else reads or changes the index. */
  private <T> T alone(Work<T> work) throws IOException, ContainerException {
    state.lock();
    try {
      return work.run(writing());
    } finally {
      state.unlock();
    }
  }

  /** Puts an entry of the kinds that people see. */
  void put(Key key, Value value) throws IOException, ContainerException {
    alone(
        w -> {
          index.put(key, value);
          w.writer().changed(key, Optional.of(value));
          return w;
        });
  }

  void remove(Key key) throws IOException, ContainerException {
    alone(
        w -> {
          index.remove(key);
          w.writer().changed(key, Optional.empty());
          return w;
        });
  }

  DataPointer addData(byte[] chunk, int length, long fileId, long offset, Runnable whenSealed)
      throws IOException, ContainerException {
    return alone(
        w -> {
          payloadIn += length;
          return w.writer().addData(index, chunk, length, fileId, offset, whenSealed);
        });
  }

  DataPointer addSealed(RecordName name, byte[] sealed, int length)
      throws IOException, ContainerException {
    return alone(w -> w.writer().addSealed(index, name, sealed, length));
  }

  void free(long batch, long bytes) throws IOException, ContainerException {
    alone(
        w -> {
          w.writer().free(batch, bytes);
          return w;
        });
  }

  boolean isCommitDue() throws IOException, ContainerException {
    return alone(w -> w.writer().isDue(index));
  }

  HeldChanges held() {
    return held;
  }

  /** Sends what has gathered on its way; one earlier commit may still be on its own. */
  void commitPart() throws IOException, ContainerException {
    alone(
        w -> {
          w.commitPart(index);
          return w;
        });
  }

  /** Brings everything onto the medium; returns when it is there. */
  CommitRecord commit() throws IOException, ContainerException {
    held.flushAll();
    return alone(
        w -> {
          w.commit(index);
          remember();
          return w.durable();
        });
  }

  /** Makes a commit even if nothing changed: freed space waits for commits, not for time. */
  void commitAnyway() throws IOException, ContainerException {
    alone(
        w -> {
          w.commitAnyway(index);
          return w;
        });
  }

  /** Back to the last commit that is on the medium. */
  void rollBack() {
    state.lock();
    try {
      writing().rollBack();
      index = indexOf(current());
      held.loseAll();
      chunks.reset();
    } finally {
      state.unlock();
    }
  }

  private void remember() {
    environment.memory().remember(id(), current().generation());
  }

  WriteStatistics statistics() {
    Writing w = writing;
    return new WriteStatistics(
        w == null ? 0 : w.output().commits(),
        storage.file().forces(),
        storage.file().growths(),
        storage.file().bytesWritten(),
        payloadIn);
  }

  /** A new key area: into every place, one after the other. */
  void writeKeyArea(byte[] bytes) throws IOException, ContainerException {
    alone(
        w -> {
          w.arrive(0);
          storage.areas().writeKeyArea(bytes);
          w.output().keyAreaIs(bytes);
          return w;
        });
  }

  /** Cuts the file off behind what the last commit needs. */
  void truncateTo(long end) throws IOException, ContainerException {
    alone(
        w -> {
          w.arrive(0);
          storage.file().truncateTo(storage.layout().shortest(end, storage.areas().present()));
          return w;
        });
  }

  /** Gives up free space at the end in the next commit. */
  void shortenEnd() throws IOException, ContainerException {
    alone(w -> w.writer().shortenEnd(index));
  }

  /** Looks for free space anew before the next batch. */
  void reviewSpace() throws IOException, ContainerException {
    alone(
        w -> {
          w.writer().reviewSpace();
          return w;
        });
  }

  CommitWriter commitWriter() {
    return writing().writer();
  }

  KeySlots slots() {
    return new KeySlots(environment.standardProfile(), environment.clock());
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the container is closed");
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** Commits what is left, if it can be, and wipes the keys whatever happens. */
  @Override
  public void close() throws IOException, ContainerException {
    if (closed) {
      return;
    }
    try {
      if (writing != null && !writing.isBroken()) {
        changing.lock();
        try {
          wholly(this::commit);
        } finally {
          changing.unlock();
        }
      }
    } finally {
      release();
    }
  }

  /** Lets go without another commit. */
  void release() throws IOException {
    closed = true;
    try {
      if (writing != null) {
        writing.output().abandon();
      }
    } finally {
      workers.close();
      chunks.close();
      storage.records().close();
      keys.close();
      closeFiles();
    }
  }

  private void closeFiles() throws IOException {
    try {
      medium.close();
    } finally {
      storage.file().close();
    }
  }
}
