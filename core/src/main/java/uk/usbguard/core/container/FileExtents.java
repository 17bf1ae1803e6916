package uk.usbguard.core.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.DamagedContainerException.Part;
import uk.usbguard.core.error.EntryException;
import uk.usbguard.core.error.EntryException.Reason;
import uk.usbguard.core.format.DataPointer;
import uk.usbguard.core.format.DirectoryEntry;
import uk.usbguard.core.format.EntryContent;
import uk.usbguard.core.format.ExtentRun;
import uk.usbguard.core.format.FormatLimits;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.Value;

/**
 * Where the extents of one file lie, and their content. Finds out if the file was changed or
 * removed since it was looked up.
 */
final class FileExtents {

  private static final int EXTENT = FormatLimits.EXTENT;

  private final Session session;
  private final Key key;
  private final DirectoryEntry entry;

  FileExtents(Session session, Key key, DirectoryEntry entry) {
    this.session = session;
    this.key = key;
    this.entry = entry;
  }

  DirectoryEntry entry() {
    return entry;
  }

  /** Reads one extent; what nothing covers is zero. */
  void read(long extent, byte[] plain) throws IOException, ContainerException {
    Optional<DataPointer> pointer = pointerTo(extent);
    if (pointer.isEmpty()) {
      Arrays.fill(plain, (byte) 0);
      return;
    }
    Optional<DamagedContainerException> failure = failure(pointer.get(), extent, plain);
    if (failure.isEmpty()) {
      return;
    }
    if (!session.refresh()) {
      throw failure.get();
    }
    requireUnchanged(); // a writer has gone on meanwhile
    DamagedContainerException first = failure.get();
    failure = failure(pointerTo(extent).orElseThrow(() -> first), extent, plain);
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  /** Why a record does not open; where a writer has cut the file off, it is not even there. */
  private Optional<DamagedContainerException> failure(DataPointer p, long extent, byte[] plain)
      throws IOException {
    byte[] sealed = new byte[p.sealedLength()];
    try {
      session.readSealed(p.batch(), p.offset(), ByteBuffer.wrap(sealed));
      if (!session.storage().openData(p, entry.objectId(), extent * EXTENT, sealed, 0, plain, 0)) {
        return Optional.of(damaged(p));
      }
      Arrays.fill(plain, p.plainLength(), plain.length, (byte) 0);
      return Optional.empty();
    } catch (DamagedContainerException e) {
      return Optional.of(e);
    }
  }

  static DamagedContainerException damaged(DataPointer p) {
    return new DamagedContainerException(Part.DATA, p.position(), "record does not open");
  }

  private Optional<DataPointer> pointerTo(long extent) throws IOException, ContainerException {
    if (entry.content() instanceof EntryContent.OneRecord one) {
      return extent == 0 ? Optional.of(one.record()) : Optional.empty();
    }
    Optional<Run> run = runAt(extent);
    return run.filter(r -> extent >= r.first() && extent < r.first() + r.run().count())
        .map(r -> r.run().record((int) (extent - r.first())));
  }

  /** A run and its first extent. */
  record Run(long first, ExtentRun run) {}

  /** The run that covers an extent, or the next one behind it; checks that the file is still it. */
  Optional<Run> runAt(long extent) throws IOException, ContainerException {
    Key wanted = Key.extent(entry.objectId(), extent);
    Key end = Key.filePrefix(entry.objectId()).afterPrefix();
    Optional<Run> found =
        session.reading(
            index -> {
              Optional<Run> below = run(index.floor(wanted));
              boolean covers =
                  below.isPresent() && extent < below.get().first() + below.get().run().count();
              return covers
                  ? below
                  : run(index.ceiling(wanted).filter(e -> e.getKey().compareTo(end) < 0));
            });
    if (found.isEmpty() || found.get().first() > extent) {
      requireUnchanged(); // a hole, or the file is gone
    }
    return found;
  }

  private Optional<Run> run(Optional<Map.Entry<Key, Value>> at) {
    return at.filter(e -> e.getValue() instanceof ExtentRun && e.getKey().id() == entry.objectId())
        .map(e -> new Run(e.getKey().extent(), (ExtentRun) e.getValue()));
  }

  private void requireUnchanged() throws IOException, ContainerException {
    Optional<Value> now = session.get(key);
    boolean same =
        now.isPresent()
            && now.get() instanceof DirectoryEntry there
            && there.objectId() == entry.objectId()
            && there.content().equals(entry.content());
    if (!same) {
      throw new EntryException(Reason.NO_SUCH_ENTRY, entry.name());
    }
  }
}
