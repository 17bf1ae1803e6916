package uk.usbguard.core.container;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The content of one file in pages that never change, so that copies share them: a copy costs a few
 * hundred bytes, a write the pages that it touches. What was never written is zeros and takes
 * nothing.
 */
final class PagedBytes {

  private static final int PAGE = 16_384;
  private static final int PAGES_PER_CHUNK = 64;
  private static final long CHUNK = (long) PAGE * PAGES_PER_CHUNK;
  private static final byte[] ZEROS = new byte[PAGE];

  private byte[][][] chunks = new byte[0][][];
  private boolean[] owned = new boolean[0];
  private long size;

  /** The same content; from now on both share what neither changes. */
  PagedBytes copy() {
    PagedBytes copy = new PagedBytes();
    copy.chunks = chunks.clone();
    copy.owned = new boolean[chunks.length];
    copy.size = size;
    Arrays.fill(owned, false);
    return copy;
  }

  long size() {
    return size;
  }

  int read(long offset, ByteBuffer target) {
    int n = (int) Math.max(0, Math.min(target.remaining(), size - offset));
    for (int done = 0; done < n; ) {
      int within = (int) ((offset + done) % PAGE);
      int length = Math.min(n - done, PAGE - within);
      target.put(page(offset + done), within, length);
      done += length;
    }
    return n;
  }

  void write(long offset, byte[] bytes, int from, int length) {
    for (int done = 0; done < length; ) {
      int within = (int) ((offset + done) % PAGE);
      int n = Math.min(length - done, PAGE - within);
      System.arraycopy(bytes, from + done, freshPage(offset + done), within, n);
      done += n;
    }
    size = Math.max(size, offset + length);
  }

  void truncate(long length) {
    if (length >= size) {
      return;
    }
    if (length % PAGE != 0) {
      Arrays.fill(freshPage(length), (int) (length % PAGE), PAGE, (byte) 0);
    }
    long firstGone = (length + PAGE - 1) / PAGE * PAGE;
    for (long at = firstGone; at < size; at += PAGE) {
      if (page(at) != ZEROS) {
        ownChunk(at)[pageOf(at)] = null;
      }
    }
    size = length;
  }

  /** True if the other has the same bytes there; shared pages are not looked into. */
  boolean sameAs(PagedBytes other, long offset, long length) {
    if (offset + length > Math.min(size, other.size)) {
      return false;
    }
    for (long done = 0; done < length; ) {
      long at = offset + done;
      int within = (int) (at % PAGE);
      int n = (int) Math.min(length - done, PAGE - within);
      byte[] mine = page(at);
      byte[] its = other.page(at);
      if (mine != its && !Arrays.equals(mine, within, within + n, its, within, within + n)) {
        return false;
      }
      done += n;
    }
    return true;
  }

  private byte[] page(long offset) {
    int chunk = (int) (offset / CHUNK);
    if (chunk >= chunks.length || chunks[chunk] == null) {
      return ZEROS;
    }
    byte[] page = chunks[chunk][pageOf(offset)];
    return page == null ? ZEROS : page;
  }

  /** A page of our own, put in the place of the one that others may share. */
  private byte[] freshPage(long offset) {
    byte[] page = page(offset).clone();
    ownChunk(offset)[pageOf(offset)] = page;
    return page;
  }

  private byte[][] ownChunk(long offset) {
    int chunk = (int) (offset / CHUNK);
    if (chunk >= chunks.length) {
      chunks = Arrays.copyOf(chunks, chunk + 1);
      owned = Arrays.copyOf(owned, chunk + 1);
    }
    if (!owned[chunk]) {
      chunks[chunk] = chunks[chunk] == null ? new byte[PAGES_PER_CHUNK][] : chunks[chunk].clone();
      owned[chunk] = true;
    }
    return chunks[chunk];
  }

  private static int pageOf(long offset) {
    return (int) (offset % CHUNK / PAGE);
  }
}
