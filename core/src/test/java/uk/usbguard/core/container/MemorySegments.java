package uk.usbguard.core.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import uk.usbguard.core.io.BlockFile;
import uk.usbguard.core.io.SegmentSource;

/**
 * The files of a container in memory: a medium of a given size that can be copied at no cost, that
 * fails where it is told to, and that remembers what was done to it.
 */
public final class MemorySegments implements SegmentSource {

  /** What happens to a medium. */
  public enum Kind {
    READ,
    WRITE,
    FORCE,
    TRUNCATE,
    CREATE,
    DELETE
  }

  /**
   * One thing that happened.
   *
   * @param bytes what was written, else nothing
   */
  @SuppressWarnings(
      "ArrayRecordComponent") // a recording is compared event by event, never as values
  public record Event(Kind kind, int segment, long offset, byte[] bytes) {}

  /** Decides whether something fails. */
  @FunctionalInterface
  public interface Fault {

    /** Throws if this is to fail; for a write, {@code length} bytes are to be written. */
    void before(Kind kind, int segment, long offset, int length) throws IOException;
  }

  private static final Fault NONE = (kind, segment, offset, length) -> {};

  private final NavigableMap<Integer, Bytes> files;
  private final List<Event> events = new ArrayList<>();
  private final Set<FaultyBlockFile> opened = ConcurrentHashMap.newKeySet();
  private volatile Fault fault = NONE;
  private boolean recording;
  private boolean locked;
  private long capacityBytes = Long.MAX_VALUE / 2;

  /** An empty medium. */
  public MemorySegments() {
    this(new TreeMap<>());
  }

  private MemorySegments(NavigableMap<Integer, Bytes> files) {
    this.files = files;
  }

  /** The content of one file: pages that never change, so that copies share them. */
  static final class Bytes {
    private static final int PAGE = 16_384;
    private TreeMap<Long, byte[]> pages = new TreeMap<>();
    private long size;

    Bytes copy() {
      Bytes copy = new Bytes();
      copy.pages = new TreeMap<>(pages);
      copy.size = size;
      return copy;
    }

    long size() {
      return size;
    }

    int read(long offset, ByteBuffer target) {
      int n = (int) Math.max(0, Math.min(target.remaining(), size - offset));
      for (int done = 0; done < n; ) {
        long at = offset + done;
        int within = (int) (at % PAGE);
        int length = Math.min(n - done, PAGE - within);
        byte[] page = pages.get(at / PAGE);
        if (page == null) {
          target.put(new byte[length]);
        } else {
          target.put(page, within, length);
        }
        done += length;
      }
      return n;
    }

    void write(long offset, byte[] bytes, int from, int length) {
      for (int done = 0; done < length; ) {
        long at = offset + done;
        int within = (int) (at % PAGE);
        int n = Math.min(length - done, PAGE - within);
        byte[] old = pages.get(at / PAGE);
        byte[] page = old == null ? new byte[PAGE] : old.clone();
        System.arraycopy(bytes, from + done, page, within, n);
        pages.put(at / PAGE, page);
        done += n;
      }
      size = Math.max(size, offset + length);
    }

    void truncate(long length) {
      if (length < size) {
        pages.tailMap((length + PAGE - 1) / PAGE, true).clear();
        if (length % PAGE != 0 && pages.containsKey(length / PAGE)) {
          byte[] page = pages.get(length / PAGE).clone();
          java.util.Arrays.fill(page, (int) (length % PAGE), PAGE, (byte) 0);
          pages.put(length / PAGE, page);
        }
        size = length;
      }
    }
  }

  /** The same content on another medium without faults, that nobody has open. */
  public synchronized MemorySegments copy() {
    TreeMap<Integer, Bytes> copies = new TreeMap<>();
    files.forEach((number, bytes) -> copies.put(number, bytes.copy()));
    return new MemorySegments(copies);
  }

  /** From now on, this decides what fails. */
  public void failWhere(Fault decides) {
    fault = decides;
  }

  /** From now on, nothing fails. */
  public void mend() {
    fault = NONE;
  }

  /** From now on the medium takes so many bytes, all files together. */
  public synchronized void setCapacity(long bytes) {
    capacityBytes = bytes;
  }

  /** Bytes that all files take. */
  public synchronized long totalBytes() {
    return files.values().stream().mapToLong(Bytes::size).sum();
  }

  /** Remembers from now on what changes the medium. */
  public synchronized void record() {
    recording = true;
    events.clear();
  }

  /** What changed the medium since {@link #record}. */
  public synchronized List<Event> events() {
    return List.copyOf(events);
  }

  /** How many events there are. */
  public synchronized int eventCount() {
    return events.size();
  }

  /** Does again what was done to another medium; of a write, only the first bytes. */
  public synchronized void replay(Event event, int bytes) {
    switch (event.kind()) {
      case WRITE -> file(event.segment()).write(event.offset(), event.bytes(), 0, bytes);
      case TRUNCATE -> file(event.segment()).truncate(event.offset());
      case CREATE -> files.put(event.segment(), new Bytes());
      case DELETE -> files.remove(event.segment());
      case READ, FORCE -> {}
    }
  }

  /** Does again all of what was done to another medium. */
  public void replay(Event event) {
    replay(event, event.bytes().length);
  }

  private Bytes file(int number) {
    return files.computeIfAbsent(number, n -> new Bytes());
  }

  /** Changes bytes behind everybody's back. */
  public synchronized void damage(int segment, long offset, int length) {
    byte[] bytes = new byte[length];
    Bytes file = files.get(segment);
    file.read(offset, ByteBuffer.wrap(bytes));
    for (int i = 0; i < length; i++) {
      bytes[i] ^= 0x55;
    }
    file.write(offset, bytes, 0, length);
  }

  /** Files that were opened and not closed. */
  public int openFiles() {
    return opened.size();
  }

  @Override
  public Optional<BlockFile> open(int number) {
    synchronized (this) {
      if (!files.containsKey(number)) {
        return Optional.empty();
      }
    }
    return Optional.of(opened(number));
  }

  @Override
  public BlockFile create(int number) throws IOException {
    fault.before(Kind.CREATE, number, 0, 0);
    synchronized (this) {
      if (files.containsKey(number)) {
        throw new java.nio.file.FileAlreadyExistsException("segment " + number);
      }
      files.put(number, new Bytes());
      note(Kind.CREATE, number, 0, new byte[0]);
    }
    return opened(number);
  }

  private FaultyBlockFile opened(int number) {
    FaultyBlockFile file = new FaultyBlockFile(this, number);
    opened.add(file);
    return file;
  }

  @Override
  public void delete(int number) throws IOException {
    fault.before(Kind.DELETE, number, 0, 0);
    synchronized (this) {
      files.remove(number);
      note(Kind.DELETE, number, 0, new byte[0]);
    }
  }

  /** Everybody is another process here: only the lock keeps them apart. */
  @Override
  public boolean claim() {
    return true;
  }

  @Override
  public void unclaim() {
    // see claim
  }

  @Override
  public synchronized long usableBytes() {
    return capacityBytes - totalBytes();
  }

  private void note(Kind kind, int segment, long offset, byte[] bytes) {
    if (recording) {
      events.add(new Event(kind, segment, offset, bytes));
    }
  }

  // ---- for the files

  int read(int segment, long offset, ByteBuffer target) throws IOException {
    fault.before(Kind.READ, segment, offset, target.remaining());
    synchronized (this) {
      Bytes file = files.get(segment);
      return file == null ? 0 : file.read(offset, target);
    }
  }

  void write(int segment, long offset, byte[] bytes) throws IOException {
    fault.before(Kind.WRITE, segment, offset, bytes.length);
    synchronized (this) {
      Bytes file = file(segment);
      long grows = offset + bytes.length - file.size();
      if (grows > 0 && grows > usableBytes()) {
        throw new IOException("No space left on device");
      }
      file.write(offset, bytes, 0, bytes.length);
      note(Kind.WRITE, segment, offset, bytes);
    }
  }

  void force(int segment) throws IOException {
    fault.before(Kind.FORCE, segment, 0, 0);
    synchronized (this) {
      note(Kind.FORCE, segment, 0, new byte[0]);
    }
  }

  void truncate(int segment, long size) throws IOException {
    fault.before(Kind.TRUNCATE, segment, size, 0);
    synchronized (this) {
      file(segment).truncate(size);
      note(Kind.TRUNCATE, segment, size, new byte[0]);
    }
  }

  synchronized long size(int segment) {
    Bytes file = files.get(segment);
    return file == null ? 0 : file.size();
  }

  synchronized boolean lock() {
    boolean got = !locked;
    locked = true;
    return got;
  }

  synchronized void closed(FaultyBlockFile file, boolean hadLock) {
    opened.remove(file);
    locked &= !hadLock;
  }

  /** The lengths of the files, to say what is there. */
  public synchronized Map<Integer, Long> lengths() {
    TreeMap<Integer, Long> lengths = new TreeMap<>();
    files.forEach((number, bytes) -> lengths.put(number, bytes.size()));
    return lengths;
  }
}
