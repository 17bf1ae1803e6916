package uk.usbguard.core.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.error.ContainerBusyException;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.format.FormatLimits;
import uk.usbguard.core.io.BlockFile;
import uk.usbguard.core.io.BridgedSegments;
import uk.usbguard.core.io.SegmentFiles;
import uk.usbguard.core.io.SegmentSource;
import uk.usbguard.core.io.SegmentedFile;

/**
 * Puts a container right whose key area can still be opened. Everything that concerns the index
 * goes into one ordinary commit behind all that still verifies: whoever pulls the stick meanwhile
 * has the container as it was, and nothing that could be read before is written over.
 */
public final class Mender {

  private final BridgedSegments source;
  private final OpenMode mode;
  private final ProgressListener progress;
  private @Nullable Survey survey;

  private Mender(BridgedSegments source, OpenMode mode, ProgressListener progress) {
    this.source = source;
    this.mode = mode;
    this.progress = progress;
  }

  /**
   * Repairs a container, or only looks what a repair would do.
   *
   * @param trial whether nothing is to be written
   * @param progress hears how far the look at all blocks is, and may end the repair until it is
   *     committed: then the container is as it was
   * @throws uk.usbguard.core.error.DamagedContainerException if no key area or no commit record is
   *     left
   */
  public static Mending mend(
      Path path,
      Credential credential,
      boolean trial,
      ContainerEnvironment environment,
      ProgressListener progress)
      throws IOException, ContainerException {
    SegmentSource source = new SegmentFiles(path, !trial);
    return mend(source, path.toString(), credential, trial, environment, progress);
  }

  /** The same on any source of files. */
  static Mending mend(
      SegmentSource source,
      String name,
      Credential credential,
      boolean trial,
      ContainerEnvironment environment,
      ProgressListener progress)
      throws IOException, ContainerException {
    BridgedSegments bridged = BridgedSegments.over(source, FormatLimits.MAXIMUM_SEGMENTS);
    OpenMode mode = trial ? OpenMode.READ_ONLY : OpenMode.READ_WRITE;
    Mender mender = new Mender(bridged, mode, progress);
    try {
      return mender.mend(name, credential, environment);
    } catch (CancellationException e) {
      mender.removeStandIns(); // else the next repair would not find them missing
      throw e;
    }
  }

  private void removeStandIns() throws IOException {
    if (mode == OpenMode.READ_WRITE) {
      for (int number : source.missing()) {
        source.delete(number);
      }
    }
  }

  private Mending mend(String name, Credential credential, ContainerEnvironment environment)
      throws IOException, ContainerException {
    try (Closers closers = new Closers()) {
      if (!source.claim()) {
        throw new ContainerBusyException();
      }
      closers.add(source::unclaim);
      BlockFile first =
          closers.add(source.open(0).orElseThrow(() -> new NoSuchFileException(name)));
      if (mode == OpenMode.READ_WRITE && !first.tryLock()) {
        throw new ContainerBusyException();
      }
      Containers.Opened opened =
          Containers.open(closers, source, first, credential, mode, environment, this::survey);
      closers.release();
      return mend(opened);
    }
  }

  private FoundCommit survey(Storage storage) throws IOException, ContainerException {
    int segmentMib = segmentMib(storage);
    if (mode == OpenMode.READ_WRITE) {
      for (int number : source.missing()) {
        try (BlockFile file = source.create(number)) {
          byte[] header = Survey.header(storage, number, segmentMib);
          file.writeAt(0, ByteBuffer.wrap(header));
          file.force(true);
        }
      }
    }
    Survey made = Survey.of(storage, source.count(), source.missing(), segmentMib, progress);
    survey = made;
    return made.start();
  }

  private Mending mend(Containers.Opened opened) throws IOException, ContainerException {
    Session session = opened.session();
    boolean done = false;
    try {
      Mending mending = mend(opened, session, Objects.requireNonNull(survey));
      done = true;
      return mending;
    } finally {
      if (done && session.isWritable()) {
        session.close();
      } else {
        session.release();
      }
    }
  }

  private Mending mend(Containers.Opened opened, Session session, Survey there)
      throws IOException, ContainerException {
    Restoration restoration = new Restoration(session, there);
    restoration.run();
    mayEnd(there);
    boolean commits =
        !there.opensThere()
            || !restoration.cuts().isEmpty()
            || !restoration.forwarded().isEmpty()
            || !there.emptyRings().isEmpty();
    boolean writes = mode == OpenMode.READ_WRITE;
    if (writes && !opened.badKeyAreas().isEmpty()) {
      session.edits().writeKeyArea(session.keys().bytes());
    }
    if (writes) {
      writeHeaders(there);
    }
    Totals totals = writes ? session.edits().totals() : new Totals(there.start().record());
    Recount recount = new Recount(restoration, there);
    if (writes && commits) {
      recount.clear(); // from here on nothing is free: all goes behind the end
    }
    List<String> names = List.of();
    long missing = 0;
    if (!restoration.unknown().isEmpty()) {
      Evidence evidence = Evidence.gather(there, restoration.unknown());
      Recovered recovered =
          new Recovered(restoration, evidence, session.environment().clock().instant(), totals);
      recovered.run();
      names = recovered.names();
      MissingExtents extents = new MissingExtents(session, restoration);
      extents.run();
      missing = extents.marked();
    }
    if (writes && commits) {
      recount.enter(totals);
      mayEnd(there);
      commit(session, there);
    }
    return new Mending(
        opened.badKeyAreas(),
        there.emptyRings(),
        there.badHeaders(),
        source.missing(),
        there.opensThere(),
        restoration.cuts().size(),
        restoration.restored(),
        restoration.forwarded(),
        there.start().dropped(),
        lost(there.start(), restoration),
        names,
        missing,
        restoration.unknown().size(),
        session.current().generation());
  }

  /** The last word before the commit is the listener's. */
  private void mayEnd(Survey there) throws IOException {
    long all = there.storage().file().totalBytes();
    progress.advanced(all, all);
  }

  private static List<Long> lost(FoundCommit start, Restoration restoration) {
    return start.lost().stream().filter(g -> !restoration.forwarded().contains(g)).toList();
  }

  private static void writeHeaders(Survey there) throws IOException, ContainerException {
    Storage storage = there.storage();
    for (int number : there.badHeaders()) {
      byte[] header = Survey.header(storage, number, segmentMib(storage));
      storage.file().write(SegmentedFile.position(number, 0), header, 0, header.length);
      storage.file().force();
    }
  }

  /** One commit mends the index; where a ring was lost, as many more as reach every area. */
  private static void commit(Session session, Survey there) throws IOException, ContainerException {
    session.edits().commitAnyway();
    for (int i = 0; i < there.emptyRings().size(); i++) {
      session.edits().commitAnyway();
    }
  }

  private static int segmentMib(Storage storage) {
    return (int) (storage.file().segmentBytes() >> 20);
  }
}
