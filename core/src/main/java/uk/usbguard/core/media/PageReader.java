package uk.usbguard.core.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads a medium in aligned pages, keeps the latest, and stops at a number of bytes in total. What
 * lies behind the end reads as zero. Memory: 8 MiB of pages and one read of at most 4 MiB.
 */
final class PageReader {

  /** No scan reads more than this, whatever the medium claims. */
  static final long BUDGET = 64L << 20;

  static final int LARGEST_READ = 4 << 20;

  /** 1 EiB: no medium is larger; what claims it is not asked for its end. */
  static final long LARGEST_MEDIUM = 1L << 60;

  private static final int PAGE = 4096;
  private static final int KEPT = 2048;

  private final Medium medium;
  private final long size;
  private final Map<Long, byte[]> pages =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
          return size() > KEPT;
        }
      };
  private long bytesRead;

  PageReader(Medium medium, long size) {
    if (size < 0 || size > LARGEST_MEDIUM) {
      throw new IllegalArgumentException("size " + size);
    }
    this.medium = medium;
    this.size = size;
  }

  long size() {
    return size;
  }

  long bytesRead() {
    return bytesRead;
  }

  /** The bytes from here on; zeros outside of the medium. */
  Block read(long offset, int length) throws ReadFailedException {
    if (length < 0 || length > LARGEST_READ) {
      throw new IllegalArgumentException("length " + length);
    }
    byte[] result = new byte[length];
    if (offset < 0 || offset >= size || length == 0) {
      return new Block(result);
    }
    long end = Math.min(size, offset + length);
    long first = offset / PAGE * PAGE;
    if (!isKept(first, end)) {
      fetch(first, end);
    }
    for (long page = first; page < end; page += PAGE) {
      copy(page, offset, end, result);
    }
    return new Block(result);
  }

  private void copy(long page, long offset, long end, byte[] result) throws ReadFailedException {
    byte[] bytes = pages.get(page);
    if (bytes == null) {
      throw new ReadFailedException(Reason.READ_BUDGET, page, null); // unreachable: just fetched
    }
    long from = Math.max(page, offset);
    int length = (int) (Math.min(page + bytes.length, end) - from);
    System.arraycopy(bytes, (int) (from - page), result, (int) (from - offset), length);
  }

  private boolean isKept(long first, long end) {
    for (long page = first; page < end; page += PAGE) {
      if (!pages.containsKey(page)) {
        return false;
      }
    }
    return true;
  }

  private void fetch(long first, long end) throws ReadFailedException {
    long last = Math.min(size, (end + PAGE - 1) / PAGE * PAGE);
    int length = (int) (last - first);
    if (bytesRead + length > BUDGET) {
      throw new ReadFailedException(Reason.READ_BUDGET, first, null);
    }
    bytesRead += length;
    byte[] bytes = readFully(first, length);
    for (int at = 0; at < length; at += PAGE) {
      pages.put(first + at, Arrays.copyOfRange(bytes, at, Math.min(length, at + PAGE)));
    }
  }

  private byte[] readFully(long first, int length) throws ReadFailedException {
    ByteBuffer target = ByteBuffer.allocate(length);
    try {
      while (target.hasRemaining()) {
        if (medium.readAt(first + target.position(), target) <= 0) {
          throw new ReadFailedException(Reason.SHORT_READ, first + target.position(), null);
        }
      }
    } catch (TooSlowException e) {
      throw new ReadFailedException(Reason.TOO_SLOW, first + target.position(), e);
    } catch (IOException e) {
      throw new ReadFailedException(Reason.READ_FAILED, first + target.position(), e);
    }
    return target.array();
  }
}
