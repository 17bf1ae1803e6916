package uk.usbguard.core.container;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.format.BatchLayout;
import uk.usbguard.core.format.DataPointer;
import uk.usbguard.core.format.ExtentRun;
import uk.usbguard.core.format.Key;

/** Gathers records of one file that follow each other into runs, and enters those. */
final class RunBuilder {

  private final Session session;
  private final long fileId;
  private @Nullable DataPointer first;
  private long firstExtent;
  private int count;
  private int lastLength;

  RunBuilder(Session session, long fileId) {
    this.session = session;
    this.fileId = fileId;
  }

  /** Adds the record of one extent. */
  void add(long extent, DataPointer record) throws IOException, ContainerException {
    if (!continues(extent, record)) {
      flush();
      first = record;
      firstExtent = extent;
    }
    count++;
    lastLength = record.plainLength();
  }

  private boolean continues(long extent, DataPointer record) {
    DataPointer start = first;
    return start != null
        && count < BatchLayout.MAX_RUN
        && lastLength == BatchLayout.EXTENT
        && extent == firstExtent + count
        && record.batch() == start.batch()
        && record.epoch().equals(start.epoch())
        && record.sequence() == start.sequence() + count
        && record.offset()
            == start.offset() + (long) count * BatchLayout.sealed(BatchLayout.EXTENT);
  }

  /** Enters what was gathered. */
  void flush() throws IOException, ContainerException {
    DataPointer start = first;
    if (start == null) {
      return;
    }
    DataPointer pointer =
        new DataPointer(start.epoch(), start.sequence(), start.batch(), start.offset(), lastLength);
    session.edits().put(Key.extent(fileId, firstExtent), new ExtentRun(pointer, count));
    first = null;
    count = 0;
  }
}
