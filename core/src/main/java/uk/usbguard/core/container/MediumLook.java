package uk.usbguard.core.container;

import java.io.IOException;
import java.util.Optional;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.io.SegmentedFile;

/**
 * What a session needs to look at the medium past the system's cache, from the first time that
 * somebody asks until the session ends: closing any of it sooner would give up the writer's lock.
 * Used by one thread at a time.
 */
final class MediumLook {

  private Optional<SegmentedFile> pastCache = Optional.empty();
  private Optional<MediumView> view = Optional.empty();

  /** The newest commit on the medium; nothing if the system has no way past its cache. */
  Optional<MediumView> newest(Session session) throws IOException, ContainerException {
    if (view.isPresent()) {
      view.get().refresh();
      return view;
    }
    if (pastCache.isEmpty()) {
      pastCache = session.storage().file().pastCache();
    }
    if (pastCache.isPresent()) {
      view = Optional.of(MediumView.of(session, pastCache.get()));
    }
    return view;
  }

  void close() throws IOException {
    if (view.isPresent()) {
      view.get().close();
    } else if (pastCache.isPresent()) {
      pastCache.get().close();
    }
  }
}
