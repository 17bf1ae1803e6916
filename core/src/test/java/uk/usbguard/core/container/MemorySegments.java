package uk.usbguard.core.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
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

  /** A write of which only the first bytes arrived, and the writer hears that it failed. */
  public static final class TornWriteException extends IOException {
    private static final long serialVersionUID = 1;
    private final int bytes;

    /** Takes how many bytes arrived. */
    public TornWriteException(int bytes) {
      super("Input/output error");
      this.bytes = bytes;
    }
  }

  private static final Fault NONE = (kind, segment, offset, length) -> {};

  private final NavigableMap<Integer, PagedBytes> files;
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

  private MemorySegments(NavigableMap<Integer, PagedBytes> files) {
    this.files = files;
  }

  /** The same content on another medium without faults, that nobody has open. */
  public synchronized MemorySegments copy() {
    TreeMap<Integer, PagedBytes> copies = new TreeMap<>();
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
    return files.values().stream().mapToLong(PagedBytes::size).sum();
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

  /** Does again what was done to another medium. */
  public void replay(Event event) {
    replay(event, 0, event.bytes().length);
  }

  /**
   * Does again what was done to another medium; of a write, only the bytes from one place to
   * another. What goes to a file that is not there goes nowhere.
   */
  public synchronized void replay(Event event, int from, int to) {
    PagedBytes file = files.get(event.segment());
    switch (event.kind()) {
      case CREATE -> files.put(event.segment(), new PagedBytes());
      case DELETE -> files.remove(event.segment());
      case WRITE -> {
        if (file != null && to > from) {
          file.write(event.offset() + from, event.bytes(), from, to - from);
        }
      }
      case TRUNCATE -> {
        if (file != null) {
          file.truncate(event.offset());
        }
      }
      case READ, FORCE -> {}
    }
  }

  /** Reads without anybody noticing; returns how many bytes there are. */
  public synchronized int peek(int segment, long offset, byte[] target) {
    PagedBytes file = files.get(segment);
    return file == null ? 0 : file.read(offset, ByteBuffer.wrap(target));
  }

  /** True if the other medium has the same bytes there. */
  public synchronized boolean sameAs(MemorySegments other, int segment, long offset, long length) {
    PagedBytes mine = files.get(segment);
    PagedBytes its = other.files.get(segment);
    return mine != null && its != null && mine.sameAs(its, offset, length);
  }

  private PagedBytes file(int number) {
    return files.computeIfAbsent(number, n -> new PagedBytes());
  }

  /** Changes bytes behind everybody's back. */
  public synchronized void damage(int segment, long offset, int length) {
    byte[] bytes = new byte[length];
    PagedBytes file = files.get(segment);
    file.read(offset, ByteBuffer.wrap(bytes));
    for (int i = 0; i < length; i++) {
      bytes[i] ^= 0x55;
    }
    file.write(offset, bytes, 0, length);
  }

  /** Spoils the aligned unit in which a write ended, but not what the write itself left there. */
  public synchronized void spoil(Event write, int unit, Random random) {
    PagedBytes file = files.get(write.segment());
    if (write.kind() != Kind.WRITE || file == null) {
      return;
    }
    long end = write.offset() + write.bytes().length;
    long start = (end - 1) / unit * unit;
    spoil(file, start, Math.max(start, write.offset()), random);
    spoil(file, end, Math.min(start + unit, file.size()), random);
  }

  /** An erased unit is all ones; one that was being moved may be anything. */
  private static void spoil(PagedBytes file, long from, long to, Random random) {
    byte[] bytes = new byte[(int) Math.max(0, to - from)];
    if (random.nextBoolean()) {
      Arrays.fill(bytes, (byte) 0xFF);
    } else {
      random.nextBytes(bytes);
    }
    file.write(from, bytes, 0, bytes.length);
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
        throw new FileAlreadyExistsException("segment " + number);
      }
      files.put(number, new PagedBytes());
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
      PagedBytes file = files.get(segment);
      return file == null ? 0 : file.read(offset, target);
    }
  }

  void write(int segment, long offset, byte[] bytes) throws IOException {
    try {
      fault.before(Kind.WRITE, segment, offset, bytes.length);
    } catch (TornWriteException e) {
      put(segment, offset, Arrays.copyOf(bytes, e.bytes));
      throw e;
    }
    put(segment, offset, bytes);
  }

  private void put(int segment, long offset, byte[] bytes) throws IOException {
    synchronized (this) {
      PagedBytes file = file(segment);
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
    PagedBytes file = files.get(segment);
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
