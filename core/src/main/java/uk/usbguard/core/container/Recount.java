package uk.usbguard.core.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.extent.Layout;
import uk.usbguard.core.format.BatchLayout;
import uk.usbguard.core.format.BatchUse;
import uk.usbguard.core.format.DataPointer;
import uk.usbguard.core.format.DirectoryEntry;
import uk.usbguard.core.format.EntryContent;
import uk.usbguard.core.format.ExtentRun;
import uk.usbguard.core.format.FreeRun;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.SegmentHeader;
import uk.usbguard.core.format.Value;
import uk.usbguard.core.index.Index;
import uk.usbguard.core.index.IndexCursor;
import uk.usbguard.core.io.SegmentedFile;

/**
 * Makes the books of space and the totals of a container anew from what its index refers to. All
 * that nothing refers to is freed by the commit to come, so that it waits as long as anything freed
 * does before it is written over: a repair that was no good can be undone by the one before.
 */
final class Recount {

  private final Index index;
  private final Survey survey;
  private final long generation;
  private final Map<Long, Long> live;
  private final Map<Long, Integer> lengths = new HashMap<>();
  private final Map<Long, Long> writtenIn = new HashMap<>();
  private long files;
  private long folders;
  private long bytes;

  /** Takes what was restored. */
  Recount(Restoration restoration, Survey survey) {
    this.index = restoration.index();
    this.survey = survey;
    this.live = new TreeMap<>(restoration.nodeBytes());
    restoration.nodeEnds().forEach((batch, end) -> atLeast(batch, end + BatchLayout.FRAME));
    FoundCommit start = survey.start();
    start.record().others().forEach(place -> atLeast(place.position(), place.length()));
    atLeast(start.identity().place().position(), start.identity().place().length());
    this.generation = survey.start().record().generation() + 1; // put off further by the writer
  }

  private void atLeast(long batch, long length) {
    lengths.merge(batch, (int) BatchLayout.blocks(length), Math::max);
  }

  /** Forgets all books of space: until they are made anew nothing is free. */
  void clear() throws IOException, DamagedContainerException {
    List<Key> keys = new ArrayList<>();
    IndexCursor books = index.scan(Key.prefix(Key.Kind.BATCH), Key.prefix(Key.Kind.ORPHAN));
    while (books.advance()) {
      keys.add(books.key());
      if (books.value() instanceof BatchUse use) {
        atLeast(books.key().id(), use.length());
        writtenIn.put(books.key().id(), use.generation());
      }
    }
    for (Key key : keys) {
      index.remove(key);
    }
  }

  /** Counts, and enters what was counted. */
  void enter(Totals totals) throws IOException, DamagedContainerException {
    IndexCursor all = index.scan(Key.prefix(Key.Kind.ENTRY), Key.prefix(Key.Kind.BATCH));
    while (all.advance()) {
      count(all.value());
    }
    totals.recounted(files, folders, bytes);
    TreeMap<Long, Long> used = new TreeMap<>();
    long end = survey.start().record().end();
    for (Map.Entry<Long, Long> batch : live.entrySet()) {
      if (batch.getKey() < end) {
        int length = lengthOf(batch.getKey());
        int most = (int) Math.min(batch.getValue(), length);
        index.put(Key.batch(batch.getKey()), new BatchUse(length, most, generationOf(batch)));
        used.put(batch.getKey(), batch.getKey() + length);
      }
    }
    free(used, end);
  }

  private long generationOf(Map.Entry<Long, Long> batch) {
    return survey
        .generationOf(batch.getKey())
        .orElse(writtenIn.getOrDefault(batch.getKey(), survey.start().record().generation()));
  }

  private void count(Value value) {
    if (value instanceof ExtentRun run) {
      count(run.first(), run.sealedLength());
    } else if (value instanceof DirectoryEntry entry) {
      files += entry.isFolder() ? 0 : 1;
      folders += entry.isFolder() ? 1 : 0;
      bytes += entry.size();
      if (entry.content() instanceof EntryContent.OneRecord one) {
        count(one.record(), one.record().sealedLength());
      }
    }
  }

  private void count(DataPointer first, long sealedLength) {
    live.merge(first.batch(), sealedLength, Long::sum);
    atLeast(first.batch(), first.offset() + sealedLength + BatchLayout.FRAME);
  }

  private int lengthOf(long position) {
    int known = lengths.getOrDefault(position, BatchLayout.BLOCK);
    return survey.batches().containsKey(position)
        ? Math.max(known, survey.batches().get(position).frame().length())
        : known;
  }

  private void free(NavigableMap<Long, Long> used, long end)
      throws IOException, DamagedContainerException {
    Layout layout = survey.storage().layout();
    freeBetween(Layout.RESERVE_START, Layout.RESERVE_END, used);
    long at = Layout.FIRST_BATCH;
    while (at < end) {
      int segment = SegmentedFile.segmentOf(at);
      long boundary = SegmentedFile.position(segment, 0) + layout.boundaryAfter(at);
      freeBetween(at, Math.min(end, boundary), used);
      boolean endsSegment = layout.boundaryAfter(at) == survey.storage().file().segmentBytes();
      at =
          endsSegment
              ? SegmentedFile.position(segment + 1, SegmentHeader.LENGTH)
              : boundary + Layout.AREA_LENGTH;
    }
  }

  private void freeBetween(long from, long to, NavigableMap<Long, Long> used)
      throws IOException, DamagedContainerException {
    long at = from;
    for (Map.Entry<Long, Long> batch : used.subMap(from, to).entrySet()) {
      freeRun(at, batch.getKey());
      at = Math.max(at, batch.getValue());
    }
    freeRun(at, to);
  }

  private void freeRun(long from, long to) throws IOException, DamagedContainerException {
    if (to > from) {
      long written = survey.start().record().bytesWritten();
      index.put(Key.free(from), new FreeRun(to - from, generation, written));
    }
  }
}
