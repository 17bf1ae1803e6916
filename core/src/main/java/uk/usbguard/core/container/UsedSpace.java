package uk.usbguard.core.container;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.extent.Layout;
import uk.usbguard.core.format.BatchUse;
import uk.usbguard.core.format.FormatLimits;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.Trailer;
import uk.usbguard.core.index.Index;
import uk.usbguard.core.index.IndexCursor;
import uk.usbguard.core.io.SegmentedFile;

/** How much of the files is in use, what the newest commit added and freed included. */
final class UsedSpace {

  private final Map<Long, Long> freedOf = new HashMap<>();

  private UsedSpace() {}

  /** The bytes of a container's files that no batch with content takes, nor anything fixed. */
  static long freeBytes(Session session) throws IOException, ContainerException {
    CommittedState newest = newest(session);
    UsedSpace space = new UsedSpace();
    for (Trailer.Freed freed : newest.freed()) {
      space.freedOf.merge(freed.batch(), (long) freed.bytes(), Long::sum);
    }
    long used = fixed(session.storage());
    for (CommittedState.LiveBatch batch : newest.batches()) {
      used += space.used(batch.place().position(), batch.place().length(), batch.liveBytes());
    }
    used += session.reading(space::usedByBooks);
    return Math.max(0, session.storage().file().totalBytes() - used);
  }

  private static CommittedState newest(Session session) throws IOException, ContainerException {
    if (session.isWritable()) {
      return session.edits().writing().writer().previous();
    }
    Storage storage = session.storage();
    return CommittedState.read(storage.newestCommit(), storage.batches());
  }

  private long usedByBooks(Index index) throws IOException, DamagedContainerException {
    long used = 0;
    IndexCursor batches = index.scan(Key.batch(Layout.FIRST_BATCH), Key.prefix(Key.Kind.FREE));
    while (batches.advance()) {
      if (batches.value() instanceof BatchUse use) {
        used += used(batches.key().id(), use.length(), use.liveBytes());
      }
    }
    return used;
  }

  /** A batch is in use as a whole as long as anything in it is; the reserve is fixed anyway. */
  private long used(long position, long length, long live) {
    boolean inUse = live > freedOf.getOrDefault(position, 0L);
    return inUse && position >= Layout.FIRST_BATCH ? length : 0;
  }

  private static long fixed(Storage storage) throws IOException {
    long fixed = Layout.FIRST_BATCH;
    if (storage.areas().present() > AnchorAreas.FIRST_TWO) {
      fixed += Layout.AREA_LENGTH;
    }
    SegmentedFile file = storage.file();
    for (int number = 1; file.lengthOf(number) > 0; number++) {
      fixed += FormatLimits.SEGMENT_HEADER_LENGTH;
    }
    return fixed;
  }
}
