package uk.usbguard.core.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
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
  private @Nullable Survey survey;

  private Mender(BridgedSegments source, OpenMode mode) {
    this.source = source;
    this.mode = mode;
  }

  /**
   * Repairs a container, or only looks what a repair would do.
   *
   * @param trial whether nothing is to be written
   * @throws uk.usbguard.core.error.DamagedContainerException if no key area or no commit record is
   *     left
   */
  public static Mending mend(
      Path path, Credential credential, boolean trial, ContainerEnvironment environment)
      throws IOException, ContainerException {
    return mend(new SegmentFiles(path, !trial), path.toString(), credential, trial, environment);
  }

  /** The same on any source of files. */
  static Mending mend(
      SegmentSource source,
      String name,
      Credential credential,
      boolean trial,
      ContainerEnvironment environment)
      throws IOException, ContainerException {
    BridgedSegments bridged = BridgedSegments.over(source, FormatLimits.MAXIMUM_SEGMENTS);
    OpenMode mode = trial ? OpenMode.READ_ONLY : OpenMode.READ_WRITE;
    return new Mender(bridged, mode).mend(name, credential, environment);
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
    Survey made = Survey.of(storage, source.count(), source.missing(), segmentMib);
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
