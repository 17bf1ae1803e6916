package uk.usbguard.core.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.error.BugException;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.EntryException;
import uk.usbguard.core.error.KeyExpiredException;
import uk.usbguard.core.error.MediumFullException;
import uk.usbguard.core.error.ReadOnlyContainerException;
import uk.usbguard.core.extent.BatchReader;
import uk.usbguard.core.extent.FinishedBatch;
import uk.usbguard.core.extent.Layout;
import uk.usbguard.core.format.BatchPlace;
import uk.usbguard.core.format.CommitRecord;
import uk.usbguard.core.format.DataPointer;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.NodePointer;
import uk.usbguard.core.format.RecordName;
import uk.usbguard.core.format.Trailer;
import uk.usbguard.core.format.Value;
import uk.usbguard.core.index.Index;
import uk.usbguard.core.index.IndexRoot;
import uk.usbguard.core.index.NodeStore;
import uk.usbguard.core.io.SegmentedFile;
import uk.usbguard.core.keyslot.KeyAge;
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

  private final SegmentedFile file;
  private final Records records;
  private final BatchReader batches;
  private final Layout layout;
  private final AnchorAreas areas;
  private final KeyRing keys;
  private final ContainerEnvironment environment;
  private final Workers workers = new Workers();
  private final ChunkPool chunks = new ChunkPool();
  private final List<Flushable> flushables = new ArrayList<>();

  private Index index;
  private CommitRecord current;
  private @Nullable Writing writing;
  private volatile boolean broken;
  private volatile boolean closed;
  private long payloadIn;

  /** What only a writer has. */
  private record Writing(
      CommitWriter writer, CommitOutput output, Totals totals, Durable durable) {}

  /** The newest commit that is on the medium for certain. */
  private static final class Durable {
    private CommittedState state;

    Durable(CommittedState state) {
      this.state = state;
    }
  }

  /** Something that holds changes of one file back. */
  interface Flushable {
    /** Hands them over. */
    void flush() throws IOException, ContainerException;

    /** They cannot be handed over any more. */
    void lose();

    /** The file has another key now. */
    void moved(long objectId, Key key);
  }

  Session(
      SegmentedFile file,
      Records records,
      Layout layout,
      AnchorAreas areas,
      KeyRing keys,
      ContainerEnvironment environment,
      FoundCommit start,
      OpenMode mode)
      throws IOException, DamagedContainerException {
    this.file = file;
    this.records = records;
    this.layout = layout;
    this.areas = areas;
    this.keys = keys;
    this.environment = environment;
    this.batches = new BatchReader(file, records, layout);
    this.current = start.record();
    if (mode == OpenMode.READ_WRITE) {
      CommittedState committed = committed(start);
      CommitOutput output = new CommitOutput(file, areas, records, workers.writer(), keys.bytes());
      CommitWriter writer =
          new CommitWriter(
              records,
              output,
              new SpaceBook(layout),
              this::usableBytes,
              workers.sealers(),
              environment.clock(),
              committed,
              start.newestSeen());
      writing = new Writing(writer, output, new Totals(current), new Durable(committed));
    }
    this.index = indexOf(current);
  }

  /** What the next writer has to enter into the books, read from the trailers of a commit. */
  private CommittedState committed(FoundCommit found) throws IOException {
    List<CommittedState.LiveBatch> live = new ArrayList<>();
    for (BatchPlace other : found.record().others()) {
      live.add(live(other, trailer(other)));
    }
    BatchPlace place = found.identity().place();
    Optional<Trailer> last = trailer(place);
    live.add(live(place, last));
    return new CommittedState(
        found.record(),
        found.identity(),
        live,
        last.map(Trailer::freed).orElse(List.of()),
        last.map(Trailer::skipped).orElse(List.of()));
  }

  /** A batch whose trailer is damaged counts as full: some space is lost for good, nothing else. */
  private static CommittedState.LiveBatch live(BatchPlace place, Optional<Trailer> trailer) {
    return new CommittedState.LiveBatch(
        place, trailer.map(FinishedBatch::liveBytes).orElse(place.length()));
  }

  private Optional<Trailer> trailer(BatchPlace place) throws IOException {
    try {
      return Optional.of(batches.trailer(batches.frame(place)));
    } catch (DamagedContainerException e) {
      return Optional.empty();
    }
  }

  private Index indexOf(CommitRecord record) {
    NodeStore store = writing == null ? new NodeIo(file, records) : new WriterNodes();
    return record
        .root()
        .map(root -> Index.open(store, new IndexRoot(root.level(), root.pointer())))
        .orElseGet(() -> Index.empty(store));
  }

  /** Nodes of the index, also those that are not on the medium yet. */
  private final class WriterNodes implements NodeStore {

    @Override
    public byte[] read(NodePointer pointer, int level)
        throws IOException, DamagedContainerException {
      byte[] sealed = new byte[pointer.sealedLength()];
      readSealed(pointer.batch(), pointer.offset(), sealed, sealed.length);
      return NodeIo.open(records, pointer, level, sealed);
    }

    @Override
    public NodePointer write(byte[] plaintext, int length, int level)
        throws IOException, ContainerException {
      return writing().writer().addNode(plaintext, length, level);
    }

    @Override
    public void free(NodePointer pointer) {
      writing().writer().free(pointer.batch(), pointer.sealedLength());
    }
  }

  // ---- reading

  Index index() {
    requireOpen();
    return index;
  }

  CommitRecord current() {
    return current;
  }

  Layout layout() {
    return layout;
  }

  SegmentedFile file() {
    return file;
  }

  Records records() {
    return records;
  }

  BatchReader batches() {
    return batches;
  }

  AnchorAreas areas() {
    return areas;
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
    file.read(batch + offset, target, 0, length);
  }

  /** Opens one data record; false if what is there is not it. */
  boolean openData(
      DataPointer pointer,
      long fileId,
      long fileOffset,
      byte[] sealed,
      int at,
      byte[] out,
      int to) {
    RecordName name = RecordName.data(pointer.epoch(), pointer.sequence(), fileId, fileOffset);
    return records.open(name, sealed, at, pointer.sealedLength(), out, to);
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
      FoundCommit found = new CommitFinder(file, records, batches).find(areas.readRoots(records));
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

  /** Something that reads the container. */
  @FunctionalInterface
  interface Reading<T> {
    T read(Index index) throws IOException, ContainerException;
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

  // ---- changing

  private Writing writing() {
    if (writing == null) {
      throw new BugException("not opened for writing");
    }
    return writing;
  }

  /** Something that changes the container. */
  @FunctionalInterface
  interface Change<T> {
    T change() throws IOException, ContainerException;
  }

  /**
   * Makes a change, alone. A change that fails after it had begun takes everything back to the last
   * commit: half a change must never be committed.
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
      if (!whole && writing().writer().mutations() != before) {
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
    if (broken) {
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

  /** Puts an entry of the kinds that people see. */
  void put(Key key, Value value) throws IOException, ContainerException {
    state.lock();
    try {
      index.put(key, value);
      writing().writer().changed(key, Optional.of(value));
    } finally {
      state.unlock();
    }
  }

  void remove(Key key) throws IOException, ContainerException {
    state.lock();
    try {
      index.remove(key);
      writing().writer().changed(key, Optional.empty());
    } finally {
      state.unlock();
    }
  }

  DataPointer addData(byte[] chunk, int length, long fileId, long offset, Runnable whenSealed)
      throws IOException, ContainerException {
    state.lock();
    try {
      payloadIn += length;
      return writing().writer().addData(index, chunk, length, fileId, offset, whenSealed);
    } finally {
      state.unlock();
    }
  }

  DataPointer addSealed(RecordName name, byte[] sealed, int length)
      throws IOException, ContainerException {
    state.lock();
    try {
      return writing().writer().addSealed(index, name, sealed, length);
    } finally {
      state.unlock();
    }
  }

  void free(long batch, long bytes) {
    state.lock();
    try {
      writing().writer().free(batch, bytes);
    } finally {
      state.unlock();
    }
  }

  boolean isCommitDue() {
    state.lock();
    try {
      return writing().writer().isDue(index);
    } finally {
      state.unlock();
    }
  }

  void addFlushable(Flushable flushable) {
    flushables.add(flushable);
  }

  void removeFlushable(Flushable flushable) {
    flushables.remove(flushable);
  }

  /** An entry has another key now. */
  void moved(long objectId, Key key) {
    flushables.forEach(flushable -> flushable.moved(objectId, key));
  }

  /** A file that was removed while it was edited takes its changes with it, and nothing else. */
  private void flushAll() throws IOException, ContainerException {
    for (Flushable flushable : List.copyOf(flushables)) {
      try {
        flushable.flush();
      } catch (EntryException e) {
        flushable.lose();
        flushables.remove(flushable);
      }
    }
  }

  /** Sends what has gathered on its way; one earlier commit may still be on its own. */
  void commitPart() throws IOException, ContainerException {
    state.lock();
    try {
      Writing w = writing();
      w.writer().commit(index, w.totals(), false);
      arrive(1);
    } finally {
      state.unlock();
    }
  }

  /** Brings everything onto the medium; returns when it is there. */
  CommitRecord commit() throws IOException, ContainerException {
    flushAll();
    state.lock();
    try {
      Writing w = writing();
      boolean needed = w.writer().isDirty() || !w.writer().previous().record().clean();
      if (needed) {
        w.writer().commit(index, w.totals(), true);
      }
      boolean tight = w.writer().usedReserve();
      arrive(0);
      if (tight) {
        makeFreedSpaceUsable();
      }
      remember();
      return current;
    } finally {
      state.unlock();
    }
  }

  /**
   * On a full medium what a deletion freed is wanted soon: the commits it waits for are made now.
   */
  private void makeFreedSpaceUsable() throws IOException, ContainerException {
    commitAnyway(); // enters what the last one freed
    if (!writing().writer().hasYoungSpace(index)) {
      return; // the batches are still in use in part: waiting would gain nothing
    }
    for (int i = 0; i < SpaceBook.WAIT_COMMITS_ALONE; i++) {
      commitAnyway();
    }
    reviewSpace();
  }

  /** Makes a commit even if nothing changed: freed space waits for commits, not for time. */
  void commitAnyway() throws IOException, ContainerException {
    state.lock();
    try {
      Writing w = writing();
      w.writer().commit(index, w.totals(), true);
      arrive(0);
    } finally {
      state.unlock();
    }
  }

  private void arrive(int most) throws IOException, ContainerException {
    Writing w = writing();
    boolean known = false;
    try {
      w.output().await(most, arrived -> arrived(w, arrived));
      known = true;
    } catch (MediumFullException e) {
      known = true;
      throw e;
    } finally {
      broken |= !known; // nobody knows what is there: open it again and look
    }
  }

  private void arrived(Writing w, CommittedState arrived) {
    w.durable().state = arrived;
    current = arrived.record();
  }

  /** Back to the last commit that is on the medium. */
  void rollBack() {
    state.lock();
    try {
      Writing w = writing();
      w.output().abandon();
      CommittedState durable = w.durable().state;
      w.writer().restart(durable, w.output().highestRoot());
      w.totals().reset(durable.record());
      current = durable.record();
      index = indexOf(current);
      flushables.forEach(Flushable::lose);
      flushables.clear();
      chunks.reset();
    } finally {
      state.unlock();
    }
  }

  private void remember() {
    environment.memory().remember(records.container().toString(), current.generation());
  }

  WriteStatistics statistics() {
    Writing w = writing;
    return new WriteStatistics(
        w == null ? 0 : w.output().commits(),
        file.forces(),
        file.growths(),
        file.bytesWritten(),
        payloadIn);
  }

  /** A new key area: into every place, one after the other. */
  void writeKeyArea(byte[] bytes) throws IOException, ContainerException {
    state.lock();
    try {
      arrive(0);
      areas.writeKeyArea(bytes);
      writing().output().keyAreaIs(bytes);
    } finally {
      state.unlock();
    }
  }

  /** Cuts the file off behind what the last commit needs. */
  void truncateTo(long end) throws IOException, ContainerException {
    state.lock();
    try {
      arrive(0);
      file.truncateTo(layout.shortest(end, areas.present()));
    } finally {
      state.unlock();
    }
  }

  /** Gives up free space at the end in the next commit. */
  void shortenEnd() throws IOException, ContainerException {
    state.lock();
    try {
      writing().writer().shortenEnd(index);
    } finally {
      state.unlock();
    }
  }

  /** Looks for free space anew before the next batch. */
  void reviewSpace() {
    state.lock();
    try {
      writing().writer().reviewSpace();
    } finally {
      state.unlock();
    }
  }

  CommitWriter commitWriter() {
    return writing().writer();
  }

  KeySlots slots() {
    return new KeySlots(environment.standardProfile(), environment.clock());
  }

  private long usableBytes() {
    return file.usableBytes();
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
      if (writing != null && !broken) {
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
      records.close();
      keys.close();
      file.close();
    }
  }
}
