package uk.usbguard.core.extent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.format.BatchLayout;
import uk.usbguard.core.format.Frame;
import uk.usbguard.core.format.Trailer;
import uk.usbguard.core.io.SegmentedFile;

/**
 * Finds the batches of a container without its index: by their frames, at either end, where batches
 * can lie. Only what is where its frame says, and whose trailer opens under the container's keys,
 * is found: what somebody else wrote, or another container, never is.
 */
public final class BatchScan {

  private static final int WINDOW = 1 << 20;

  private final SegmentedFile file;
  private final BatchReader reader;
  private final LongConsumer looked;
  private final TreeMap<Long, Batch> found = new TreeMap<>();

  /** A batch whose trailer opened. */
  public record Batch(Frame frame, Trailer trailer) {

    /** Where it ends. */
    public long end() {
      return frame.position() + frame.length();
    }
  }

  private BatchScan(SegmentedFile file, BatchReader reader, LongConsumer looked) {
    this.file = file;
    this.reader = reader;
    this.looked = looked;
  }

  /**
   * All batches, in the order of their positions. Reads every block of every file.
   *
   * @param looked hears of so many bytes more that were looked at
   */
  public static List<Batch> scan(
      SegmentedFile file, BatchReader reader, int segments, LongConsumer looked)
      throws IOException {
    BatchScan scan = new BatchScan(file, reader, looked);
    for (int segment = 0; segment < segments; segment++) {
      scan.scanSegment(segment);
    }
    return new ArrayList<>(scan.found.values());
  }

  private void scanSegment(int segment) throws IOException {
    byte[] window = new byte[WINDOW];
    long length = file.lengthOf(segment);
    for (long at = 0; at < length; at += WINDOW) {
      int n = file.readUpTo(SegmentedFile.position(segment, at), window, 0, WINDOW);
      for (int block = 0; block + BatchLayout.BLOCK <= n; block += BatchLayout.BLOCK) {
        long position = SegmentedFile.position(segment, at + block);
        Frame.read(window, block).filter(head -> head.position() == position).ifPresent(this::note);
        int tailAt = block + BatchLayout.BLOCK - BatchLayout.FRAME;
        Frame.read(window, tailAt)
            .filter(tail -> tail.position() + tail.length() == position + BatchLayout.BLOCK)
            .ifPresent(this::note);
      }
      verify();
      looked.accept(n);
    }
  }

  private final List<Frame> claimed = new ArrayList<>();

  private void note(Frame frame) {
    if (!found.containsKey(frame.position())) {
      claimed.add(frame);
    }
  }

  private void verify() throws IOException {
    for (Frame frame : claimed) {
      if (!found.containsKey(frame.position())) {
        verified(frame).ifPresent(batch -> found.put(frame.position(), batch));
      }
    }
    claimed.clear();
  }

  private Optional<Batch> verified(Frame frame) throws IOException {
    if (!reader.isOurs(frame)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Batch(frame, reader.trailer(frame)));
    } catch (DamagedContainerException e) {
      return Optional.empty();
    }
  }
}
