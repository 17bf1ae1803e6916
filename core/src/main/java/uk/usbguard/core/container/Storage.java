package uk.usbguard.core.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.extent.BatchReader;
import uk.usbguard.core.extent.Layout;
import uk.usbguard.core.format.DataPointer;
import uk.usbguard.core.format.RecordName;
import uk.usbguard.core.io.SegmentedFile;
import uk.usbguard.core.record.Records;

/**
 * The files of one container and how they are read.
 *
 * @param file the files
 * @param records opens what is in them
 * @param layout where in them what may lie
 * @param areas the copies of the key area and the ring
 * @param batches reads batches
 */
record Storage(
    SegmentedFile file, Records records, Layout layout, AnchorAreas areas, BatchReader batches) {

  static Storage of(SegmentedFile file, Records records, Layout layout, AnchorAreas areas) {
    return new Storage(file, records, layout, areas, new BatchReader(file, records, layout));
  }

  /** The newest commit that is whole. */
  FoundCommit newestCommit() throws IOException, DamagedContainerException {
    return new CommitFinder(file, records, batches).find(areas.readRoots(records));
  }

  /** Opens one data record; false if what is there is not it. */
  boolean openData(
      DataPointer pointer,
      long fileId,
      long fileOffset,
      byte[] sealed,
      int at,
      byte[] out,
      int to) {
    RecordName name = RecordName.data(pointer.epoch(), pointer.sequence(), fileId, fileOffset);
    return records.open(name, sealed, at, pointer.sealedLength(), out, to);
  }

  /** The same between two buffers of {@link Records#buffer}. */
  boolean openData(
      DataPointer pointer,
      long fileId,
      long fileOffset,
      ByteBuffer sealed,
      int at,
      ByteBuffer out,
      int to) {
    RecordName name = RecordName.data(pointer.epoch(), pointer.sequence(), fileId, fileOffset);
    return records.open(name, sealed, at, pointer.sealedLength(), out, to);
  }
}
