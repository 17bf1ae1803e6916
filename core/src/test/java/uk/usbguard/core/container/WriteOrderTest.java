package uk.usbguard.core.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.container.MemorySegments.Event;
import uk.usbguard.core.container.MemorySegments.Kind;
import uk.usbguard.core.extent.Layout;
import uk.usbguard.core.format.BatchLayout;
import uk.usbguard.core.format.FormatLimits;
import uk.usbguard.core.format.Frame;
import uk.usbguard.core.io.BlockFile;
import uk.usbguard.core.io.SegmentedFile;

/** Invariants I1, I6 and I7 of docs/format.md, seen in what the medium is told and nowhere else. */
@DisplayName("ENC-03: in everything that is written to a medium")
class WriteOrderTest {

  /** I1: so many commits find all that they refer to. */
  private static final int KEPT = 16;

  private static final long THIRD_AREA_END =
      FormatLimits.AREA_POSITIONS.get(2) + FormatLimits.AREA_LENGTH;

  private final Map<Integer, Long> forcedLength = new HashMap<>();
  private final Map<Integer, Long> length = new HashMap<>();

  /** Batches by their position. */
  private final NavigableMap<Long, Frame> batches = new TreeMap<>();

  private int seen;
  private int replaced;
  private int lengthening;

  @Test
  @DisplayName(
      "a batch lies where the file was forced to be that long, or continues it with no gap but that"
          + " for the third area, and lies on none of the last 16 commits; nothing but batches, key areas, rings and headers"
          + " is written")
  void batchesKeepTheirDistance() throws Exception {
    for (Trace trace : CrashLives.brief()) {
      watch(trace);
    }
    for (long seed : new long[] {3, 4}) {
      watch(CrashLives.random(seed, 150));
    }
    assertThat(seen).isGreaterThan(300);
    assertThat(replaced).as("batches in space that was used before").isPositive();
    assertThat(lengthening).as("batches that lengthen the file").isPositive();
  }

  private void watch(Trace trace) throws Exception {
    batches.clear();
    length.clear();
    forcedLength.clear();
    for (int segment = 0; segment < FormatLimits.MAXIMUM_SEGMENTS; segment++) {
      Optional<BlockFile> file = trace.before().open(segment);
      if (file.isEmpty()) {
        break;
      }
      length.put(segment, file.get().size());
      file.get().close();
    }
    forcedLength.putAll(length);
    for (Event event : trace.events()) {
      if (event.kind() == Kind.WRITE) {
        write(trace, event);
        length.merge(event.segment(), event.offset() + event.bytes().length, Math::max);
      } else if (event.kind() == Kind.TRUNCATE) {
        length.put(event.segment(), event.offset());
      } else if (event.kind() == Kind.FORCE) {
        forcedLength.put(event.segment(), length.getOrDefault(event.segment(), 0L));
      }
    }
  }

  private void write(Trace trace, Event event) {
    boolean framed = event.bytes().length >= BatchLayout.FRAME;
    Optional<Frame> frame = framed ? Frame.read(event.bytes(), 0) : Optional.empty();
    if (frame.isPresent()) {
      batch(trace, event, frame.get());
    } else {
      assertThat(isAnchor(event) || isGrowth(event))
          .as("%s: %d bytes at %d", trace.name(), event.bytes().length, event.offset())
          .isTrue();
    }
  }

  private static boolean isAnchor(Event event) {
    long end = event.offset() + event.bytes().length;
    if (event.segment() > 0) {
      return end <= FormatLimits.BLOCK;
    }
    for (long area : FormatLimits.AREA_POSITIONS) {
      if (event.offset() >= area && end <= area + FormatLimits.AREA_LENGTH) {
        return true;
      }
    }
    return false;
  }

  private boolean isGrowth(Event event) {
    return event.offset() >= length.getOrDefault(event.segment(), 0L);
  }

  private void batch(Trace trace, Event event, Frame frame) {
    String what = trace.name() + ": generation " + frame.generation() + " at " + event.offset();
    long start = SegmentedFile.position(event.segment(), event.offset());
    long end = start + frame.length();
    assertThat(frame.position()).as(what).isEqualTo(start);
    assertThat(event.bytes()).as(what + " in one write").hasSize(frame.length());
    if (event.offset() + frame.length() > forcedLength.getOrDefault(event.segment(), 0L)) {
      boolean behindThirdArea = event.offset() == THIRD_AREA_END;
      assertThat(event.offset() <= length.get(event.segment()) || behindThirdArea)
          .as(what)
          .isTrue();
      lengthening++;
    }
    boolean inReserve = event.segment() == 0 && event.offset() < Layout.RESERVE_END;
    Map.Entry<Long, Frame> below = batches.lowerEntry(end);
    while (below != null && below.getKey() + below.getValue().length() > start) {
      if (!inReserve) {
        assertThat(frame.generation() - below.getValue().generation()).as(what).isGreaterThan(KEPT);
      }
      replaced++;
      batches.remove(below.getKey());
      below = batches.lowerEntry(end);
    }
    batches.put(start, frame);
    seen++;
  }
}
