package uk.usbguard.core.extent;

import java.util.Optional;
import uk.usbguard.core.format.BatchLayout;
import uk.usbguard.core.format.FormatLimits;
import uk.usbguard.core.format.SegmentHeader;
import uk.usbguard.core.io.SegmentedFile;

/** Where in the files batches may lie: between the anchor areas; docs/format.md section 1. */
public final class Layout {

  /** Length of an anchor area. */
  public static final int AREA_LENGTH = FormatLimits.AREA_LENGTH;

  /** Where the reserve starts; it ends where area 1 starts. */
  public static final long RESERVE_START = AREA_LENGTH;

  /** Where the reserve ends. */
  public static final long RESERVE_END = FormatLimits.AREA_POSITIONS.get(1);

  /** Where the first batch goes. */
  public static final long FIRST_BATCH = RESERVE_END + AREA_LENGTH;

  private static final long[] AREAS = {0, RESERVE_END, FormatLimits.AREA_POSITIONS.get(2)};

  /** No batch is begun in less: the rest is skipped. */
  public static final int SMALLEST_REGION = 128 * 1024;

  private static final int LAST_SEGMENT = FormatLimits.MAXIMUM_SEGMENTS - 1;

  private final long segmentBytes;

  /** Takes the length of a segment. */
  public Layout(long segmentBytes) {
    this.segmentBytes = segmentBytes;
  }

  /** Number of anchor areas that a container of this segment size can have. */
  public int areas() {
    return segmentBytes > AREAS[2] + AREA_LENGTH ? AREAS.length : AREAS.length - 1;
  }

  /** Where an area starts. */
  public static long area(int number) {
    return AREAS[number];
  }

  /** Space for a batch of {@code minBytes} at or behind {@code end}, or nothing if all is used. */
  public Optional<Region> regionAt(long end, long minBytes) {
    long wanted = Math.min(minBytes, largestRegion());
    long at = end;
    while (SegmentedFile.segmentOf(at) <= LAST_SEGMENT) {
      long capacity = boundaryAfter(at) - SegmentedFile.offsetOf(at);
      if (capacity >= Math.max(wanted, SMALLEST_REGION)) {
        return Optional.of(
            new Region(at, (int) Math.min(capacity, BatchLayout.MAX_BATCH), Region.Kind.END));
      }
      at = afterBoundary(at);
    }
    return Optional.empty();
  }

  /** The longest batch that fits into an empty segment. */
  public int largestRegion() {
    return (int) Math.min(segmentBytes - SegmentHeader.LENGTH, BatchLayout.MAX_BATCH);
  }

  /** The offset in the segment at which space ends that starts at a position. */
  public long boundaryAfter(long position) {
    boolean beforeThirdArea =
        SegmentedFile.segmentOf(position) == 0
            && areas() == AREAS.length
            && SegmentedFile.offsetOf(position) <= AREAS[2];
    return beforeThirdArea ? AREAS[2] : segmentBytes;
  }

  private long afterBoundary(long position) {
    long boundary = boundaryAfter(position);
    return boundary == segmentBytes
        ? SegmentedFile.position(SegmentedFile.segmentOf(position) + 1, SegmentHeader.LENGTH)
        : boundary + AREA_LENGTH;
  }

  /** Where space ends that a batch at {@code position} could follow directly. */
  public long endBefore(long position) {
    if (areas() == AREAS.length && position == AREAS[2] + AREA_LENGTH) {
      return AREAS[2];
    }
    boolean startsSegment =
        SegmentedFile.segmentOf(position) > 0
            && SegmentedFile.offsetOf(position) == SegmentHeader.LENGTH;
    return startsSegment
        ? SegmentedFile.position(SegmentedFile.segmentOf(position) - 1, segmentBytes)
        : position;
  }

  /** How long the files must stay so that no anchor area that is there is lost. */
  public long shortest(long end, int areasPresent) {
    return Math.max(end, AREAS[areasPresent - 1] + AREA_LENGTH);
  }

  /** True if a batch may lie here at all. */
  public boolean admits(long position, int length) {
    long offset = SegmentedFile.offsetOf(position);
    if (position < 0 || offset % BatchLayout.BLOCK != 0) {
      return false;
    }
    if (position >= RESERVE_START && position < RESERVE_END) {
      return position + length <= RESERVE_END;
    }
    long first = SegmentedFile.segmentOf(position) == 0 ? FIRST_BATCH : SegmentHeader.LENGTH;
    return offset >= first
        && SegmentedFile.segmentOf(position) <= LAST_SEGMENT
        && offset + length <= boundaryAfter(position)
        && !insideThirdArea(position);
  }

  private boolean insideThirdArea(long position) {
    return areas() == AREAS.length && position >= AREAS[2] && position < AREAS[2] + AREA_LENGTH;
  }
}
