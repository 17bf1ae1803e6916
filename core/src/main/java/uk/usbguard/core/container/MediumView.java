package uk.usbguard.core.container;

import java.io.IOException;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.extent.Layout;
import uk.usbguard.core.io.SegmentedFile;
import uk.usbguard.core.record.Records;

/**
 * A container as it is on the medium: found and read as another PC would, past what this one's
 * system remembers of it. What a stick keeps in a cache of its own is beyond anybody's reach.
 *
 * <p>Belongs to the container that it is a view of, and ends with it.
 */
public final class MediumView {

  private final Session session;
  private final Namespace namespace;

  private MediumView(Session session) {
    this.session = session;
    this.namespace = new Namespace(session, new Contents(session));
  }

  /**
   * Looks at the newest commit in the files, which the writer has opened for this and closes itself
   * whether this succeeds or not: closing them any sooner would give up its lock.
   */
  static MediumView of(Session writer, SegmentedFile file) throws IOException, ContainerException {
    try (Closers closers = new Closers()) {
      KeyRing keys = closers.add(writer.keys().copy());
      Records records =
          closers.add(
              new Records(
                  writer.environment().standardProfile(),
                  keys.master(),
                  keys.area().container().id()));
      Layout layout = writer.storage().layout();
      Storage storage = Storage.of(file, records, layout, new AnchorAreas(file, layout));
      FoundCommit found = storage.newestCommit();
      Session session = new Session(storage, keys, writer.environment(), found, OpenMode.READ_ONLY);
      closers.release();
      return new MediumView(session);
    }
  }

  /** Goes on to the newest commit. */
  void refresh() throws IOException {
    session.refresh();
  }

  /** A file, for reading. */
  public FileReader openFile(ContainerPath path) throws IOException, ContainerException {
    Namespace.Found found = namespace.requireFile(path);
    return new FileReader(session, found.key(), found.entry());
  }

  void close() throws IOException {
    session.release();
  }
}
