package uk.usbguard.core.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.error.BugException;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.KeyExpiredException;
import uk.usbguard.core.error.ReadOnlyContainerException;
import uk.usbguard.core.format.CommitRecord;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.Value;
import uk.usbguard.core.index.Index;
import uk.usbguard.core.keyslot.KeySlots;

/**
 * An open container, from the commit that was found until it is closed: who may change it and when,
 * and what becomes of it if a change fails. One thread changes at a time ({@link #changing}), with
 * the steps that {@link Edits} offers; what is read of the index is so through {@link
 * CurrentIndex}.
 */
final class Session implements AutoCloseable {

  /** Held by whoever changes the container, for as long as the change takes. */
  final ReentrantLock changing = new ReentrantLock();

  private final Storage storage;
  private final KeyRing keys;
  private final ContainerEnvironment environment;
  private final Workers workers = new Workers();
  private final TransferBuffers transferBuffers;
  private final MediumLook medium = new MediumLook();
  private final CurrentIndex current;
  private final @Nullable Edits edits;
  private volatile boolean closed;

  Session(
      Storage storage,
      KeyRing keys,
      ContainerEnvironment environment,
      FoundCommit start,
      OpenMode mode)
      throws IOException, DamagedContainerException {
    this.storage = storage;
    this.transferBuffers = new TransferBuffers(storage.records());
    this.keys = keys;
    this.environment = environment;
    Writing writing = mode == OpenMode.READ_WRITE ? writing(start) : null;
    this.current =
        new CurrentIndex(storage, start.record(), writing == null ? null : writing.writer());
    this.edits =
        writing == null ? null : new Edits(storage, current, writing, environment.memory());
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

  // ---- what it is made of

  Storage storage() {
    return storage;
  }

  KeyRing keys() {
    return keys;
  }

  KeySlots slots() {
    return new KeySlots(environment.standardProfile(), environment.clock());
  }

  Workers workers() {
    return workers;
  }

  TransferBuffers transferBuffers() {
    return transferBuffers;
  }

  ContainerEnvironment environment() {
    return environment;
  }

  /** The container's id as text. */
  String id() {
    return storage.records().container().toString();
  }

  /** Whether somebody asked for an early end of what can be left half done. */
  boolean isStopRequested() {
    return environment.stop().getAsBoolean();
  }

  boolean isWritable() {
    return edits != null;
  }

  // ---- reading

  Index index() {
    requireOpen();
    return current.index();
  }

  /** The newest commit that is on the medium for certain, as far as this session knows. */
  CommitRecord current() {
    return edits == null ? current.commit() : edits.writing().durable();
  }

  /** Reads a sealed record wherever it is. */
  void readSealed(long batch, int offset, ByteBuffer target)
      throws IOException, DamagedContainerException {
    current.readSealed(batch, offset, target);
  }

  /**
   * Takes a reader to the newest commit. Only a read-only session does so: a writer is there
   * already.
   *
   * @return true if there is a newer one than before
   */
  boolean refresh() throws IOException {
    return edits == null && !closed && current.refresh();
  }

  /**
   * Reads of the index. A reader beside a writer that meets damage looks once whether the writer
   * has gone on meanwhile, and reads there.
   */
  <T> T reading(Reading<T> action) throws IOException, ContainerException {
    requireOpen();
    return current.alone(
        index -> {
          try {
            return action.read(index);
          } catch (DamagedContainerException e) {
            if (refresh()) {
              return action.read(index());
            }
            throw e;
          }
        });
  }

  Optional<Value> get(Key key) throws IOException, ContainerException {
    return reading(index -> index.get(key));
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

  /** The steps of a change; only for a session that writes. */
  Edits edits() {
    if (edits == null) {
      throw new BugException("not opened for writing");
    }
    return edits;
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
    Writing writing = edits().writing();
    long before = writing.writer().mutations();
    boolean whole = false;
    try {
      T result = change.change();
      whole = true;
      return result;
    } catch (SourceFailure e) {
      whole = true; // what it had begun was given up again
      throw e;
    } finally {
      boolean begun = writing.writer().mutations() != before || writing.hasFailed();
      if (!whole && begun) {
        edits().rollBack();
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
    if (edits == null) {
      throw new ReadOnlyContainerException("opened for reading");
    }
    if (edits.writing().isBroken()) {
      throw new ReadOnlyContainerException("writing failed; open it again");
    }
  }

  void requireWritable() throws ContainerException {
    requireOpenForWriting();
    if (KeyAge.of(keys.area().masterKeyMade(), environment.clock()) == KeyAge.EXPIRED) {
      throw new KeyExpiredException(keys.area().masterKeyMade());
    }
  }

  WriteStatistics statistics() {
    return edits == null
        ? new WriteStatistics(0, 0, 0, 0, 0) // a reader writes nothing
        : edits.statistics();
  }

  // ---- closing

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
      if (edits != null && !edits.writing().isBroken()) {
        changing.lock();
        try {
          wholly(edits::commit);
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
      if (edits != null) {
        edits.writing().output().abandon();
      }
    } finally {
      workers.close();
      transferBuffers.close();
      if (edits != null) {
        edits.chunks().close();
      }
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
