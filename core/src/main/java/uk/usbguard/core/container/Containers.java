package uk.usbguard.core.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import uk.usbguard.core.crypto.CryptoProfile;
import uk.usbguard.core.error.ContainerBusyException;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.DamagedContainerException.Part;
import uk.usbguard.core.error.NotAContainerException;
import uk.usbguard.core.error.UnsupportedFormatException;
import uk.usbguard.core.extent.BatchBuilder;
import uk.usbguard.core.extent.FinishedBatch;
import uk.usbguard.core.extent.Layout;
import uk.usbguard.core.extent.Region;
import uk.usbguard.core.format.CommitRecord;
import uk.usbguard.core.format.ContainerFacts;
import uk.usbguard.core.format.ContainerId;
import uk.usbguard.core.format.FormatLimits;
import uk.usbguard.core.format.KeyAreaCopies;
import uk.usbguard.core.format.ProfileId;
import uk.usbguard.core.format.SegmentHeader;
import uk.usbguard.core.format.Trailer;
import uk.usbguard.core.format.UnverifiedKeyArea;
import uk.usbguard.core.io.BlockFile;
import uk.usbguard.core.io.SegmentFiles;
import uk.usbguard.core.io.SegmentSource;
import uk.usbguard.core.io.SegmentedFile;
import uk.usbguard.core.keyslot.KeySlots;
import uk.usbguard.core.keyslot.SealedKeyArea;
import uk.usbguard.core.keyslot.UnlockedKeyArea;
import uk.usbguard.core.record.Records;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.RecoveryKey;
import uk.usbguard.core.secret.SecretBytes;

/** Makes and opens containers. */
public final class Containers {

  private static final int MASTER_KEY = FormatLimits.MASTER_KEY_LENGTH;
  private static final long MIB = 1L << 20;

  /** Reading less than this is done before the compiler would be. */
  private static final long WORTH_WARMING = 32 * MIB;

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

  /** The key areas; a file without any that still has root slots is a container, a damaged one. */
  private static KeyAreaCopies keyAreas(SegmentedFile file) throws IOException, ContainerException {
    try {
      return KeyAreaCopies.decode(AnchorAreas.readKeyAreas(file));
    } catch (NotAContainerException e) {
      if (AnchorAreas.hasRootSlots(file)) {
        throw new DamagedContainerException(Part.KEY_AREA, 0, "no copy of the key area is left");
      }
      throw e;
    }
  }

  private static SegmentedFile openFirst(SegmentSource source, Path path) throws IOException {
    BlockFile first = source.open(0).orElseThrow(() -> new NoSuchFileException(path.toString()));
    return new SegmentedFile(source, first, FormatLimits.MAXIMUM_FILE_LENGTH, n -> new byte[0]);
  }

  // ---- making

  /**
   * Makes a container, which must not be there yet, and opens it for writing. If anything fails,
   * nothing stays behind.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is a file of that name
   */
  public static NewContainer create(
      Path path, CreateOptions options, Passphrase passphrase, ContainerEnvironment environment)
      throws IOException, ContainerException {
    if (options.profile() == Profile.FIPS) {
      throw new UnsupportedFormatException("profile", ProfileId.FIPS.code());
    }
    SegmentSource source = new SegmentFiles(path, true);
    return create(source, path.toString(), options, passphrase, environment);
  }

  /** The same on any source of files. */
  static NewContainer create(
      SegmentSource source,
      String name,
      CreateOptions options,
      Passphrase passphrase,
      ContainerEnvironment environment)
      throws IOException, ContainerException {
    try (Closers closers = new Closers()) {
      closers.add(() -> source.delete(0));
      BlockFile first = closers.add(source.create(0));
      if (!source.claim()) {
        throw new ContainerBusyException();
      }
      closers.add(source::unclaim);
      NewContainer made = fill(closers, source, first, options, passphrase, environment);
      closers.release();
      return made;
    }
  }

  private static NewContainer fill(
      Closers closers,
      SegmentSource source,
      BlockFile first,
      CreateOptions options,
      Passphrase passphrase,
      ContainerEnvironment environment)
      throws IOException, ContainerException {
    if (!first.tryLock()) {
      throw new ContainerBusyException();
    }
    CryptoProfile profile = environment.standardProfile();
    startWarmUp(profile);
    Instant now = environment.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    ContainerId id = ContainerId.of(profile.randomBytes(FormatLimits.CONTAINER_ID_LENGTH));
    ContainerFacts facts =
        new ContainerFacts(id, ProfileId.STANDARD, now, options.segmentMib(), false);
    Optional<RecoveryKey> recovery =
        options.recoveryKey()
            ? Optional.of(closers.add(RecoveryKey.generate(environment.random())))
            : Optional.empty();
    try (SecretBytes master = profile.randomKey(MASTER_KEY)) {
      SealedKeyArea keys =
          new KeySlots(profile, environment.clock())
              .create(facts, master, passphrase, options.cost().toKdf(), recovery.orElse(null));
      SegmentedFile file = closers.add(segments(source, first, facts));
      Records records = closers.add(new Records(profile, master, id));
      Layout layout = new Layout(file.segmentBytes());
      FoundCommit start = firstCommit(file, records, layout, keys.bytes().toBytes(), environment);
      KeyRing ring =
          closers.add(new KeyRing(keys.area(), keys.bytes().toBytes(), 0, master.copy()));
      Session session =
          new Session(
              Storage.of(file, records, layout, new AnchorAreas(file, layout)),
              ring,
              environment,
              start,
              OpenMode.READ_WRITE);
      OpenReport report =
          new OpenReport(
              1, start.record().timeMillis(), List.of(), OptionalLong.empty(), true, List.of());
      return new NewContainer(new Container(session, report), recovery);
    }
  }

  private static SegmentedFile segments(SegmentSource source, BlockFile first, ContainerFacts facts)
      throws IOException {
    return new SegmentedFile(
        source,
        first,
        facts.segmentMib() * MIB,
        n -> new SegmentHeader(facts.id(), n, facts.segmentMib()).encode());
  }

  /** Areas, reserve and the empty generation 1. The key area comes last: until then it is none. */
  private static FoundCommit firstCommit(
      SegmentedFile file,
      Records records,
      Layout layout,
      byte[] keyArea,
      ContainerEnvironment environment)
      throws IOException, ContainerException {
    file.growTo(Layout.FIRST_BATCH + FormatLimits.BLOCK);
    byte[] zeros = new byte[(int) Layout.FIRST_BATCH];
    file.write(0, zeros, 0, zeros.length);
    Region region = layout.regionAt(Layout.FIRST_BATCH, 0).orElseThrow();
    long millis = environment.clock().millis();
    FinishedBatch batch =
        new BatchBuilder(
                records.newEpoch(), records.container(), region, 1, Runnable::run, new byte[0])
            .finishCommit(
                new Trailer(0, List.of(), List.of(), List.of(), List.of()),
                length -> emptyCommit(millis, region.position() + length, length));
    file.write(batch.place().position(), batch.bytes(), 0, batch.place().length());
    AnchorAreas areas = new AnchorAreas(file, layout);
    areas.writeRoot(records, batch.rootSlot());
    file.force();
    areas.writeKeyArea(keyArea);
    return new FoundCommit(batch.commit().orElseThrow(), batch.asPrevious(), 1, List.of());
  }

  private static CommitRecord emptyCommit(long millis, long end, long written) {
    return new CommitRecord(
        1,
        Optional.empty(),
        true,
        false,
        millis,
        Optional.empty(),
        end,
        2,
        0,
        0,
        0,
        written,
        end,
        List.of());
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
      BlockFile first =
          closers.add(source.open(0).orElseThrow(() -> new NoSuchFileException(name)));
      if (mode == OpenMode.READ_WRITE && !first.tryLock()) {
        throw new ContainerBusyException();
      }
      Opened opened =
          open(closers, source, first, credential, mode, environment, Storage::newestCommit);
      if (mode == OpenMode.READ_WRITE && !opened.badKeyAreas().isEmpty()) {
        opened.session().writeKeyArea(opened.session().keys().bytes());
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
    SegmentedFile plain =
        new SegmentedFile(source, first, FormatLimits.MAXIMUM_FILE_LENGTH, n -> new byte[0]);
    List<byte[]> copies = AnchorAreas.readKeyAreas(plain);
    KeyAreaCopies areas = keyAreas(plain);
    if (mode == OpenMode.READ_WRITE || plain.lengthOf(0) >= WORTH_WARMING) {
      startWarmUp(profile);
    }
    KeySlots slots = new KeySlots(profile, environment.clock());
    try (UnlockedKeyArea unlocked = unlock(slots, areas, credential)) {
      ContainerFacts facts = unlocked.area().container();
      SegmentedFile file = closers.add(segments(source, first, facts));
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
        rolledBack ? seen : OptionalLong.empty(),
        found.record().clean(),
        bad);
  }

  /** AES-GCM runs at a fiftieth of its speed until it is compiled; the KDF takes longer anyway. */
  private static void startWarmUp(CryptoProfile profile) {
    Thread thread = new Thread(profile::warmUp, "usbguard-warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  /** True if a file is there that could be a container. */
  public static boolean exists(Path path) {
    return Files.exists(path);
  }
}
