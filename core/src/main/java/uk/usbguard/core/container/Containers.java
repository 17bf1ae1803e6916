package uk.usbguard.core.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import uk.usbguard.core.crypto.CryptoProfile;
import uk.usbguard.core.error.ContainerBusyException;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.DamagedContainerException.Part;
import uk.usbguard.core.error.NotAContainerException;
import uk.usbguard.core.error.UnfinishedContainerException;
import uk.usbguard.core.error.UnsupportedFormatException;
import uk.usbguard.core.error.UnsupportedFormatException.What;
import uk.usbguard.core.extent.Layout;
import uk.usbguard.core.format.ContainerFacts;
import uk.usbguard.core.format.FormatLimits;
import uk.usbguard.core.format.KeyAreaCopies;
import uk.usbguard.core.format.ProfileId;
import uk.usbguard.core.format.UnverifiedKeyArea;
import uk.usbguard.core.io.BlockFile;
import uk.usbguard.core.io.SegmentFiles;
import uk.usbguard.core.io.SegmentSource;
import uk.usbguard.core.io.SegmentedFile;
import uk.usbguard.core.keyslot.KeySlots;
import uk.usbguard.core.keyslot.UnlockedKeyArea;
import uk.usbguard.core.record.Records;
import uk.usbguard.core.secret.Passphrase;

/** Makes and opens containers. */
public final class Containers {

  /** Reading less than this is done before the compiler would be. */
  private static final long WORTH_WARMING = 32L << 20;

  private Containers() {}

  // ---- without a key

  /** What a container says of itself; whether it is true, only a key can tell. */
  public static ContainerClaims claims(Path path) throws IOException, ContainerException {
    SegmentSource source = new SegmentFiles(path, false);
    if (!source.claim()) {
      throw new ContainerBusyException();
    }
    try (SegmentedFile file = openFirst(source, path)) {
      UnverifiedKeyArea area = keyAreas(file).readable().get(0);
      ContainerFacts facts = area.claimedContainer();
      List<SlotInfo> slots = new ArrayList<>();
      area.claimedSlots().forEach((n, slot) -> slots.add(SlotInfo.of(n, slot, false)));
      return new ContainerClaims(
          facts.id().toString(),
          FormatLimits.VERSION,
          Profile.valueOf(facts.profile().name()),
          facts.made(),
          area.claimedMasterKeyMade(),
          area.claimedKeyGeneration(),
          facts.segmentMib(),
          slots,
          file.totalBytes());
    }
  }

  /**
   * The key areas. A file without any was either never finished or, if it still has root slots, is
   * a damaged container.
   */
  private static KeyAreaCopies keyAreas(SegmentedFile file) throws IOException, ContainerException {
    try {
      return KeyAreaCopies.decode(AnchorAreas.readKeyAreas(file));
    } catch (NotAContainerException | DamagedContainerException e) {
      if (BrokenOffCreation.is(file)) {
        throw new UnfinishedContainerException();
      }
      if (AnchorAreas.hasRootSlots(file)) {
        throw new DamagedContainerException(Part.KEY_AREA, 0, "no copy of the key area is left");
      }
      throw e;
    }
  }

  private static SegmentedFile openFirst(SegmentSource source, Path path) throws IOException {
    return Creation.plain(source, first(source, path.toString()));
  }

  private static BlockFile first(SegmentSource source, String name) throws IOException {
    return source.open(0).orElseThrow(() -> new NoSuchFileException(name));
  }

  // ---- making

  /**
   * Makes a container and opens it for writing. There must be no file of that name yet, or none but
   * one that {@link #isUnfinished}. If anything fails, nothing stays behind.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is a file with something in it
   * @throws ContainerBusyException if somebody else is making it right now
   */
  public static NewContainer create(
      Path path, CreateOptions options, Passphrase passphrase, ContainerEnvironment environment)
      throws IOException, ContainerException {
    return create(new SegmentFiles(path, true), options, passphrase, environment);
  }

  /** The same on any source of files. */
  static NewContainer create(
      SegmentSource source,
      CreateOptions options,
      Passphrase passphrase,
      ContainerEnvironment environment)
      throws IOException, ContainerException {
    if (options.profile() == Profile.FIPS) {
      throw new UnsupportedFormatException(What.PROFILE, ProfileId.FIPS.code());
    }
    return new Creation(source, environment).make(options, passphrase);
  }

  /**
   * True if the file was left by a creation that was broken off before anything could be stored in
   * it; {@link #create} then takes its place. False if there is no such file.
   */
  public static boolean isUnfinished(Path path) throws IOException {
    SegmentSource source = new SegmentFiles(path, false);
    if (!Files.isRegularFile(path) || !source.claim()) {
      return false; // what this process is writing is no ruin
    }
    try (SegmentedFile file = openFirst(source, path)) {
      return BrokenOffCreation.is(file);
    }
  }

  // ---- opening

  /**
   * Opens a container.
   *
   * @throws uk.usbguard.core.error.WrongKeyException if nothing opens with this
   * @throws ContainerBusyException if it is wanted for writing and somebody else writes
   * @throws java.nio.file.NoSuchFileException if there is no such file
   */
  public static Container open(
      Path path, Credential credential, OpenMode mode, ContainerEnvironment environment)
      throws IOException, ContainerException {
    return open(
        new SegmentFiles(path, mode == OpenMode.READ_WRITE),
        path.toString(),
        credential,
        mode,
        environment);
  }

  /** The same on any source of files. */
  static Container open(
      SegmentSource source,
      String name,
      Credential credential,
      OpenMode mode,
      ContainerEnvironment environment)
      throws IOException, ContainerException {
    try (Closers closers = new Closers()) {
      if (!source.claim()) {
        throw new ContainerBusyException();
      }
      closers.add(source::unclaim);
      BlockFile first = closers.add(first(source, name));
      if (mode == OpenMode.READ_WRITE && !first.tryLock()) {
        throw new ContainerBusyException();
      }
      Opened opened =
          open(closers, source, first, credential, mode, environment, Storage::newestCommit);
      if (mode == OpenMode.READ_WRITE && !opened.badKeyAreas().isEmpty()) {
        opened.session().edits().writeKeyArea(opened.session().keys().bytes());
      }
      OpenReport report =
          report(opened.found(), opened.badKeyAreas(), opened.session().id(), environment);
      closers.release();
      return new Container(opened.session(), report);
    }
  }

  /** How the commit is found that a container opens at. */
  @FunctionalInterface
  interface Start {
    FoundCommit find(Storage storage) throws IOException, ContainerException;
  }

  /** A session, the commit it is at, and the copies of the key area that are not as they should. */
  record Opened(Session session, FoundCommit found, List<Integer> badKeyAreas) {}

  /** Unlocks what a file claims to be, finds the commit, and starts a session there. */
  static Opened open(
      Closers closers,
      SegmentSource source,
      BlockFile first,
      Credential credential,
      OpenMode mode,
      ContainerEnvironment environment,
      Start start)
      throws IOException, ContainerException {
    CryptoProfile profile = environment.standardProfile();
    SegmentedFile plain = Creation.plain(source, first);
    List<byte[]> copies = AnchorAreas.readKeyAreas(plain);
    KeyAreaCopies areas = keyAreas(plain);
    if (mode == OpenMode.READ_WRITE) {
      Creation.startWarmUp(profile, CryptoProfile.Work.SEALING);
    } else if (plain.lengthOf(0) >= WORTH_WARMING) {
      Creation.startWarmUp(profile, CryptoProfile.Work.OPENING);
    }
    KeySlots slots = new KeySlots(profile, environment.clock());
    try (UnlockedKeyArea unlocked = unlock(slots, areas, credential)) {
      ContainerFacts facts = unlocked.area().container();
      SegmentedFile file = closers.add(Creation.segments(source, first, facts));
      Layout layout = new Layout(file.segmentBytes());
      Records records = closers.add(new Records(profile, unlocked.master(), facts.id()));
      Storage storage = Storage.of(file, records, layout, new AnchorAreas(file, layout));
      FoundCommit found = start.find(storage);
      byte[] good = goodCopy(areas, unlocked, copies);
      KeyRing ring = closers.add(KeyRing.of(unlocked, good));
      Session session = new Session(storage, ring, environment, found, mode);
      return new Opened(session, found, badCopies(areas, unlocked, layout, file));
    }
  }

  private static UnlockedKeyArea unlock(KeySlots slots, KeyAreaCopies areas, Credential credential)
      throws ContainerException {
    if (credential instanceof Credential.ByPassphrase by) {
      return slots.unlock(areas.readable(), by.passphrase());
    }
    return slots.unlock(areas.readable(), ((Credential.ByRecoveryKey) credential).key());
  }

  private static byte[] goodCopy(
      KeyAreaCopies areas, UnlockedKeyArea unlocked, List<byte[]> copies) {
    return areas.readable().stream()
        .filter(area -> !unlocked.copiesToRewrite().contains(area.copy()))
        .findFirst()
        .map(area -> copies.get(area.copy()))
        .orElseThrow();
  }

  private static List<Integer> badCopies(
      KeyAreaCopies areas, UnlockedKeyArea unlocked, Layout layout, SegmentedFile file)
      throws IOException {
    int present = new AnchorAreas(file, layout).present();
    List<Integer> bad = new ArrayList<>(unlocked.copiesToRewrite());
    bad.addAll(areas.refused().keySet());
    bad.removeIf(copy -> copy >= present);
    bad.sort(null);
    return bad;
  }

  private static OpenReport report(
      FoundCommit found, List<Integer> bad, String id, ContainerEnvironment environment) {
    long generation = found.record().generation();
    OptionalLong seen = environment.memory().lastSeen(id);
    boolean rolledBack = seen.isPresent() && seen.getAsLong() > generation;
    environment.memory().remember(id, generation);
    return new OpenReport(
        generation,
        found.record().timeMillis(),
        found.dropped(),
        found.lost(),
        rolledBack ? seen : OptionalLong.empty(),
        found.record().clean(),
        bad);
  }
}
