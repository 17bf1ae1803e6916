package uk.usbguard.core.container;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.format.BatchLayout;
import uk.usbguard.core.format.DataPointer;
import uk.usbguard.core.format.DirectoryEntry;
import uk.usbguard.core.format.EntryContent;
import uk.usbguard.core.format.ExtentRun;
import uk.usbguard.core.format.FormatLimits;
import uk.usbguard.core.format.IndexLimits;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.ObjectKind;
import uk.usbguard.core.format.Orphan;
import uk.usbguard.core.format.Value;

/** Content of files: taken in as a stream, given up when nothing refers to it. */
final class Contents {

  private static final byte[] ZEROS = new byte[FormatLimits.EXTENT];

  private final Session session;
  private final Reaper reaper;

  Contents(Session session) {
    this.session = session;
    this.reaper = new Reaper(session, this);
  }

  Reaper reaper() {
    return reaper;
  }

  /**
   * Takes in all of a stream for a new file. Nothing refers to the content until the caller enters
   * it; if the stream fails it is given up again.
   */
  EntryContent store(long fileId, InputStream in) throws IOException, ContainerException {
    byte[] chunk = session.edits().chunks().take();
    int length = read(in, chunk);
    if (length <= IndexLimits.INLINE) {
      EntryContent content =
          length == 0 ? EntryContent.NONE : EntryContent.inline(Arrays.copyOf(chunk, length));
      session.edits().chunks().give(chunk);
      return content;
    }
    if (length < chunk.length) {
      return EntryContent.oneRecord(add(chunk, length, fileId, 0));
    }
    byte[] second = session.edits().chunks().take();
    int secondLength = 0;
    boolean read = false;
    try {
      secondLength = read(in, second);
      read = true;
    } finally {
      if (!read) {
        session.edits().chunks().give(chunk);
      }
    }
    if (secondLength == 0) {
      session.edits().chunks().give(second);
      return EntryContent.oneRecord(add(chunk, length, fileId, 0));
    }
    return storeLarge(fileId, in, chunk, second, secondLength);
  }

  /** Reads from the caller's stream, which may do anything. */
  private int read(InputStream in, byte[] chunk) throws SourceFailure {
    boolean read = false;
    try {
      int n = in.readNBytes(chunk, 0, chunk.length);
      read = true;
      return n;
    } catch (IOException e) {
      throw new SourceFailure(e);
    } finally {
      if (!read) {
        session.edits().chunks().give(chunk);
      }
    }
  }

  private DataPointer add(byte[] chunk, int length, long fileId, long offset)
      throws IOException, ContainerException {
    return session
        .edits()
        .addData(chunk, length, fileId, offset, () -> session.edits().chunks().give(chunk));
  }

  private EntryContent storeLarge(
      long fileId, InputStream in, byte[] firstChunk, byte[] secondChunk, int secondLength)
      throws IOException, ContainerException {
    RunBuilder runs = new RunBuilder(session, fileId);
    boolean committed = false;
    long extent = 0;
    long size = firstChunk.length;
    addUnlessZero(runs, fileId, extent++, firstChunk, firstChunk.length);
    byte[] chunk = secondChunk;
    int length = secondLength;
    try {
      while (length > 0) {
        addUnlessZero(runs, fileId, extent++, chunk, length);
        size += length;
        if (session.edits().isCommitDue()) {
          runs.flush();
          if (!committed) {
            reaper.begin(fileId);
            committed = true;
          }
          session.edits().commitPart();
        }
        chunk = session.edits().chunks().take();
        length = read(in, chunk);
      }
      session.edits().chunks().give(chunk);
      runs.flush();
    } catch (SourceFailure e) {
      runs.flush();
      releaseExtents(fileId);
      if (committed) {
        reaper.end(fileId);
      }
      throw e;
    }
    if (committed) {
      reaper.end(fileId);
    }
    return EntryContent.extents(size);
  }

  /** An extent of zeros is a hole: it takes no record and no space, as in a sparse source. */
  private void addUnlessZero(RunBuilder runs, long fileId, long extent, byte[] chunk, int length)
      throws IOException, ContainerException {
    if (Arrays.equals(chunk, 0, length, ZEROS, 0, length)) {
      session.edits().chunks().give(chunk);
    } else {
      runs.add(extent, add(chunk, length, fileId, extent * BatchLayout.EXTENT));
    }
  }

  /** Gives up the content of an entry that is no longer there. */
  void release(DirectoryEntry entry) throws IOException, ContainerException {
    EntryContent content = entry.content();
    if (content instanceof EntryContent.OneRecord one) {
      session.edits().free(one.record().batch(), one.record().sealedLength());
    } else if (content instanceof EntryContent.Extents) {
      session.edits().put(Key.orphan(entry.objectId()), new Orphan(ObjectKind.FILE));
      releaseExtents(entry.objectId());
      reaper.end(entry.objectId());
    }
  }

  /** Gives up all extents of a file; commits on the way if there are many. */
  void releaseExtents(long fileId) throws IOException, ContainerException {
    Key prefix = Key.filePrefix(fileId);
    Key end = prefix.afterPrefix();
    while (true) {
      Optional<Map.Entry<Key, Value>> next =
          session
              .reading(index -> index.ceiling(prefix))
              .filter(e -> e.getKey().compareTo(end) < 0);
      if (next.isEmpty() || !(next.get().getValue() instanceof ExtentRun run)) {
        return;
      }
      session.edits().remove(next.get().getKey());
      session.edits().free(run.first().batch(), run.sealedLength());
      session.edits().commitIfDue();
    }
  }
}
