package uk.usbguard.core.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files of a container of which some in the middle are missing: an empty one stands in for
 * each, so that those behind are found. What is written to a stand-in goes nowhere.
 */
public final class BridgedSegments implements SegmentSource {

  private final SegmentSource source;
  private final int count;
  private final List<Integer> missing;

  private BridgedSegments(SegmentSource source, int count, List<Integer> missing) {
    this.source = source;
    this.count = count;
    this.missing = List.copyOf(missing);
  }

  /** Looks which files are there, up to a number. */
  public static BridgedSegments over(SegmentSource source, int mostSegments) throws IOException {
    List<Integer> gaps = new ArrayList<>();
    List<Integer> missing = new ArrayList<>();
    int count = 1;
    for (int number = 1; number < mostSegments; number++) {
      Optional<BlockFile> file = source.open(number);
      if (file.isEmpty()) {
        gaps.add(number);
        continue;
      }
      file.get().close();
      missing.addAll(gaps);
      gaps.clear();
      count = number + 1;
    }
    return new BridgedSegments(source, count, missing);
  }

  /** How many files there are, the missing ones counted. */
  public int count() {
    return count;
  }

  /** The numbers of those that are missing though there is one behind them. */
  public List<Integer> missing() {
    return missing;
  }

  @Override
  public Optional<BlockFile> open(int number) throws IOException {
    Optional<BlockFile> file = source.open(number);
    return file.isEmpty() && number < count ? Optional.of(new Nothing()) : file;
  }

  @Override
  public BlockFile create(int number) throws IOException {
    return source.create(number);
  }

  @Override
  public void delete(int number) throws IOException {
    source.delete(number);
  }

  @Override
  public boolean claim() throws IOException {
    return source.claim();
  }

  @Override
  public void unclaim() {
    source.unclaim();
  }

  @Override
  public long usableBytes() throws IOException {
    return source.usableBytes();
  }

  /** A file without content. */
  private static final class Nothing implements BlockFile {

    @Override
    public int readAt(long offsetBytes, ByteBuffer target) {
      return 0;
    }

    @Override
    public void writeAt(long offsetBytes, ByteBuffer source) {
      source.position(source.limit());
    }

    @Override
    public void force(boolean withLength) {
      // nothing is kept
    }

    @Override
    public long size() {
      return 0;
    }

    @Override
    public void truncate(long sizeBytes) {
      // it is empty
    }

    @Override
    public boolean tryLock() {
      return true;
    }

    @Override
    public void close() {
      // nothing is open
    }
  }
}
