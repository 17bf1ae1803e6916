package uk.usbguard.core.container;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import uk.usbguard.core.crypto.CryptoProfile;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.extent.Layout;
import uk.usbguard.core.format.FormatLimits;
import uk.usbguard.core.format.KeyArea;
import uk.usbguard.core.format.KeyAreaCopies;
import uk.usbguard.core.format.SegmentHeader;
import uk.usbguard.core.io.SegmentedFile;
import uk.usbguard.core.record.Records;
import uk.usbguard.core.secret.SecretBytes;

/**
 * Opens images of one container as {@link Containers} does, with the master key at hand: the
 * derivation of keys would else be nearly all that opening a few hundred thousand images costs.
 */
final class Opener {

  private final CryptoProfile profile;
  private final ContainerEnvironment environment;
  private final KeyArea area;
  private final SecretBytes master;
  private final Records records;

  /** Takes the keys of a container that is open. */
  Opener(Rig rig) {
    environment = rig.environment;
    profile = environment.standardProfile();
    area = rig.container.session().keys().area();
    master = rig.container.session().keys().master().copy();
    records = new Records(profile, master, area.container().id());
  }

  /**
   * What opening an image leads to.
   *
   * @param keyGeneration the highest that a key area on it claims
   */
  record Found(FoundCommit commit, long keyGeneration) {}

  /** The commit that an image opens at. */
  Found find(MemorySegments image) throws IOException, ContainerException {
    SegmentedFile file = file(image);
    long keyGeneration =
        KeyAreaCopies.decode(AnchorAreas.readKeyAreas(file))
            .readable()
            .get(0)
            .claimedKeyGeneration();
    return new Found(storage(file, records).newestCommit(), keyGeneration);
  }

  /** Opens an image; a writer first mends copies of the key area that do not verify. */
  Container open(MemorySegments image, OpenMode mode) throws IOException, ContainerException {
    SegmentedFile file = file(image);
    List<byte[]> copies = AnchorAreas.readKeyAreas(file);
    KeyAreaCopies areas = KeyAreaCopies.decode(copies);
    Storage storage = storage(file, new Records(profile, master, area.container().id()));
    FoundCommit found = storage.newestCommit();
    byte[] good = copies.get(areas.readable().get(0).copy());
    KeyRing ring = new KeyRing(area, good, 0, master.copy());
    Session session = new Session(storage, ring, environment, found, mode);
    if (mode == OpenMode.READ_WRITE && !areas.refused().isEmpty()) {
      session.edits().writeKeyArea(good);
    }
    OpenReport report =
        new OpenReport(
            found.record().generation(),
            found.record().timeMillis(),
            found.dropped(),
            found.lost(),
            OptionalLong.empty(),
            found.record().clean(),
            List.of());
    return new Container(session, report);
  }

  private SegmentedFile file(MemorySegments image) throws IOException {
    int mib = area.container().segmentMib();
    return new SegmentedFile(
        image,
        image.open(0).orElseThrow(),
        mib * (long) (FormatLimits.BLOCK * 256),
        n -> new SegmentHeader(area.container().id(), n, mib).encode());
  }

  private static Storage storage(SegmentedFile file, Records records) throws IOException {
    Layout layout = new Layout(file.segmentBytes());
    return Storage.of(file, records, layout, new AnchorAreas(file, layout));
  }
}
