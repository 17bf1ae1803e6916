package uk.usbguard.core.container;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.EntryException;
import uk.usbguard.core.error.EntryException.Reason;
import uk.usbguard.core.error.ReadOnlyContainerException;
import uk.usbguard.core.format.DataPointer;
import uk.usbguard.core.format.DirectoryEntry;
import uk.usbguard.core.format.EntryContent;
import uk.usbguard.core.format.EntryTimes;
import uk.usbguard.core.format.ExtentRun;
import uk.usbguard.core.format.FormatLimits;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.Value;

/**
 * A file while it is edited, one for all who edit it: what one of them writes the others read.
 * Extents that were touched are kept in memory, at most {@value #MOST_DIRTY}, until they are
 * flushed; every flush leaves a whole file. All of it is read and changed under {@link
 * Session#changing}.
 */
final class EditedFile implements HeldChanges.Holder {

  private static final int EXTENT = FormatLimits.EXTENT;
  private static final int MOST_DIRTY = 64;
  static final long LARGEST_FILE = 1L << 48;

  private final Session session;
  private final TreeMap<Long, byte[]> dirty = new TreeMap<>();
  private DirectoryEntry entry;
  private Key key;
  private long size;
  private long storedSize;
  private boolean changed;
  private boolean lost;
  private int editors;

  private EditedFile(Session session, Namespace.Found found) {
    this.session = session;
    this.key = found.key();
    this.entry = found.entry();
    this.size = entry.size();
    this.storedSize = size;
  }

  /** The one of this file, for one editor more; called by whoever is changing the container. */
  static EditedFile of(Session session, Namespace.Found found) {
    long objectId = found.entry().objectId();
    EditedFile file =
        session
            .edits()
            .held()
            .edited(objectId)
            .orElseGet(
                () -> {
                  EditedFile made = new EditedFile(session, found);
                  session.edits().held().add(made);
                  return made;
                });
    file.editors++;
    return file;
  }

  long objectId() {
    return entry.objectId();
  }

  /** The size in bytes, as changed so far. */
  long size() {
    session.changing.lock();
    try {
      return size;
    } finally {
      session.changing.unlock();
    }
  }

  /**
   * Reads up to {@code length} bytes, with all changes so far.
   *
   * @return the number read, -1 behind the end
   */
  int read(long position, byte[] target, int offset, int length)
      throws IOException, ContainerException {
    session.changing.lock();
    try {
      return readAlone(position, target, offset, length);
    } finally {
      session.changing.unlock();
    }
  }

  private int readAlone(long position, byte[] target, int offset, int length)
      throws IOException, ContainerException {
    requireNotLost();
    if (position >= size) {
      return -1;
    }
    int wanted = (int) Math.min(length, size - position);
    int done = 0;
    while (done < wanted) {
      long at = position + done;
      byte[] extent = dirty.get(at / EXTENT);
      byte[] from = extent == null ? stored(at / EXTENT) : extent;
      int within = (int) (at % EXTENT);
      int n = Math.min(wanted - done, EXTENT - within);
      System.arraycopy(from, within, target, offset + done, n);
      done += n;
    }
    return wanted;
  }

  /** Writes bytes; behind the end the file grows, and what lies between reads as zeros. */
  void write(long position, byte[] source, int offset, int length)
      throws IOException, ContainerException {
    Objects.checkFromIndexSize(offset, length, source.length);
    requireSize(position, length);
    session.changing(
        () -> {
          writeAlone(position, source, offset, length);
          return this;
        });
  }

  /** Writes bytes behind the end, wherever that is by then; returns the new size. */
  long append(byte[] source, int offset, int length) throws IOException, ContainerException {
    Objects.checkFromIndexSize(offset, length, source.length);
    return session.changing(
        () -> {
          requireSize(size, length);
          writeAlone(size, source, offset, length);
          return size;
        });
  }

  private void writeAlone(long position, byte[] source, int offset, int length)
      throws IOException, ContainerException {
    requireNotLost();
    readEdges(position, length);
    int done = 0;
    while (done < length) {
      long at = position + done;
      int within = (int) (at % EXTENT);
      int n = Math.min(length - done, EXTENT - within);
      byte[] extent = n == EXTENT ? replaced(at / EXTENT) : touch(at / EXTENT);
      System.arraycopy(source, offset + done, extent, within, n);
      done += n;
      size = Math.max(size, position + done);
      changed = true;
    }
  }

  /** What a write keeps of its first and last extent is read before anything is changed. */
  private void readEdges(long position, int length) throws IOException, ContainerException {
    for (long at : new long[] {position, position + length - 1}) {
      if (length > 0 && at / EXTENT * EXTENT < storedSize) {
        touch(at / EXTENT);
      }
    }
  }

  /** Cuts the file off or lengthens it with zeros. */
  void truncate(long newSize) throws IOException, ContainerException {
    requireSize(newSize, 0);
    session.changing(
        () -> {
          requireNotLost();
          if (newSize < size && newSize % EXTENT != 0) {
            byte[] last = touch(newSize / EXTENT);
            Arrays.fill(last, (int) (newSize % EXTENT), EXTENT, (byte) 0);
          }
          if (newSize < size) {
            dirty.tailMap((newSize + EXTENT - 1) / EXTENT, true).clear();
          }
          size = newSize;
          storedSize = Math.min(storedSize, newSize);
          changed = true;
          return this;
        });
  }

  private static void requireSize(long position, int length) {
    if (position < 0 || position > LARGEST_FILE - length) {
      throw new IllegalArgumentException("position " + position);
    }
  }

  private byte[] touch(long extent) throws IOException, ContainerException {
    byte[] there = dirty.get(extent);
    if (there != null) {
      return there;
    }
    makeRoom();
    byte[] loaded = stored(extent);
    dirty.put(extent, loaded);
    return loaded;
  }

  /** An extent of which every byte will be written: what is stored need not be read. */
  private byte[] replaced(long extent) throws IOException, ContainerException {
    byte[] there = dirty.get(extent);
    if (there == null) {
      makeRoom();
      there = new byte[EXTENT];
      dirty.put(extent, there);
    }
    return there;
  }

  private void makeRoom() throws IOException, ContainerException {
    if (dirty.size() >= MOST_DIRTY) {
      store();
    }
  }

  /** An extent as it is stored, zeros behind the stored end. */
  private byte[] stored(long extent) throws IOException, ContainerException {
    byte[] plain = new byte[EXTENT];
    long at = extent * EXTENT;
    if (at < storedSize) {
      new FileReader(session, key, entry)
          .read(at, plain, 0, (int) Math.min(EXTENT, storedSize - at));
    }
    return plain;
  }

  /** Sets times and attributes. */
  void setMeta(FileMeta meta) throws IOException, ContainerException {
    session.changing(
        () -> {
          requireNotLost();
          store();
          requireStillThere();
          entry = entry.withTimes(meta.times()).withAttributes(meta.attributes());
          session.edits().put(key, entry);
          return this;
        });
  }

  /** Hands all changes over; they are on the medium after the next commit. */
  @Override
  public void flush() throws IOException, ContainerException {
    session.changing.lock();
    try {
      if (changed && !lost) {
        session.changing(
            () -> {
              store();
              return this;
            });
      }
    } finally {
      session.changing.unlock();
    }
  }

  private void store() throws IOException, ContainerException {
    if (!changed && dirty.isEmpty()) {
      return;
    }
    requireStillThere();
    long before = entry.size();
    makeExtents();
    StoredRuns stored = new StoredRuns(session, entry.objectId());
    stored.cutBehind(Math.min(size, storedSize)); // it may have been shorter in between
    RunBuilder runs = new RunBuilder(session, entry.objectId());
    for (Map.Entry<Long, byte[]> extent : dirty.entrySet()) {
      long number = extent.getKey();
      stored.cutOut(number);
      int length = (int) Math.min(EXTENT, size - number * EXTENT);
      byte[] plain = extent.getValue();
      DataPointer record =
          session.edits().addData(plain, length, entry.objectId(), number * EXTENT, () -> {});
      runs.add(number, record);
    }
    runs.flush();
    session.edits().awaitSealed();
    wipe();
    Instant now = session.environment().clock().instant();
    entry =
        entry
            .withContent(size == 0 ? EntryContent.NONE : EntryContent.extents(size))
            .withTimes(new EntryTimes(now, entry.times().created()));
    session.edits().put(key, entry);
    session.edits().totals().addBytes(size - before);
    storedSize = size;
    changed = false;
    session.edits().commitIfDue();
  }

  /** Content that stands in the entry or in one record becomes an extent like any other. */
  private void makeExtents() throws IOException, ContainerException {
    if (entry.content() instanceof EntryContent.OneRecord one) {
      session.edits().put(Key.extent(entry.objectId(), 0), new ExtentRun(one.record(), 1));
    } else if (entry.content() instanceof EntryContent.Inline
        && storedSize > 0
        && !dirty.containsKey(0L)) {
      dirty.put(0L, stored(0));
    }
  }

  private void requireStillThere() throws IOException, ContainerException {
    Optional<Value> now = session.get(key);
    if (now.isEmpty()
        || !(now.get() instanceof DirectoryEntry there)
        || there.objectId() != entry.objectId()) {
      throw new EntryException(Reason.NO_SUCH_ENTRY, entry.name());
    }
    entry = there; // it may have been renamed
  }

  @Override
  public void moved(long objectId, Key newKey) {
    if (objectId == entry.objectId()) {
      key = newKey;
    }
  }

  @Override
  public void lose() {
    lost = true;
    wipe();
  }

  private void wipe() {
    dirty.values().forEach(plain -> Arrays.fill(plain, (byte) 0));
    dirty.clear();
  }

  private void requireNotLost() throws ReadOnlyContainerException {
    if (lost) {
      throw new ReadOnlyContainerException("changes were taken back; open the file again");
    }
  }

  /** One editor less; hands over what was changed, and with the last one lets go of the file. */
  void leave() throws IOException, ContainerException {
    session.changing.lock();
    try {
      editors--;
      handOver();
    } finally {
      session.changing.unlock();
    }
  }

  private void handOver() throws IOException, ContainerException {
    try {
      requireNotLost();
      flush();
    } finally {
      if (editors == 0) {
        wipe();
        session.edits().held().remove(this);
      }
    }
  }
}
