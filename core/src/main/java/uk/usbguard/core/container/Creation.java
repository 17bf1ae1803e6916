package uk.usbguard.core.container;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import uk.usbguard.core.crypto.CryptoProfile;
import uk.usbguard.core.error.ContainerBusyException;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.extent.BatchBuilder;
import uk.usbguard.core.extent.FinishedBatch;
import uk.usbguard.core.extent.Layout;
import uk.usbguard.core.extent.Region;
import uk.usbguard.core.format.CommitRecord;
import uk.usbguard.core.format.ContainerFacts;
import uk.usbguard.core.format.ContainerId;
import uk.usbguard.core.format.FormatLimits;
import uk.usbguard.core.format.ProfileId;
import uk.usbguard.core.format.SegmentHeader;
import uk.usbguard.core.format.Trailer;
import uk.usbguard.core.io.BlockFile;
import uk.usbguard.core.io.SegmentSource;
import uk.usbguard.core.io.SegmentedFile;
import uk.usbguard.core.keyslot.KeySlots;
import uk.usbguard.core.keyslot.SealedKeyArea;
import uk.usbguard.core.record.Records;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.RecoveryKey;
import uk.usbguard.core.secret.SecretBytes;

/**
 * Makes a container. Until its key area is written, last of all, it is none, and whoever comes next
 * begins anew ({@link BrokenOffCreation}).
 */
final class Creation {

  private static final long MIB = 1L << 20;

  private final SegmentSource source;
  private final ContainerEnvironment environment;

  Creation(SegmentSource source, ContainerEnvironment environment) {
    this.source = source;
    this.environment = environment;
  }

  NewContainer make(CreateOptions options, Passphrase passphrase)
      throws IOException, ContainerException {
    try (Closers closers = new Closers()) {
      BlockFile first = begin(closers);
      NewContainer made = fill(closers, first, options, passphrase);
      closers.release();
      return made;
    }
  }

  private BlockFile begin(Closers closers) throws IOException, ContainerBusyException {
    try {
      BlockFile made = closers.add(source.create(0));
      claim(closers);
      lock(made);
      closers.add(() -> source.delete(0)); // not before it is ours: another maker may have it now
      return made;
    } catch (FileAlreadyExistsException e) {
      return beginAnew(closers, e);
    }
  }

  /** What is there is only taken once it is known to be a creation that was broken off. */
  private BlockFile beginAnew(Closers closers, FileAlreadyExistsException isThere)
      throws IOException, ContainerBusyException {
    claim(closers);
    try (Closers untouched = new Closers()) {
      BlockFile there = untouched.add(source.open(0).orElseThrow(() -> isThere));
      lock(there);
      if (!BrokenOffCreation.is(plain(source, there))) {
        throw isThere;
      }
      untouched.release();
      closers.add(() -> source.delete(0));
      closers.add(there);
      there.truncate(0);
      return there;
    }
  }

  private void claim(Closers closers) throws IOException, ContainerBusyException {
    if (!source.claim()) {
      throw new ContainerBusyException();
    }
    closers.add(source::unclaim);
  }

  /** Takes the lock of the file that has the name; another maker may just have removed it. */
  private void lock(BlockFile file) throws IOException, ContainerBusyException {
    if (!file.tryLock() || !source.isClaimedOneThere()) {
      throw new ContainerBusyException();
    }
  }

  private NewContainer fill(
      Closers closers, BlockFile first, CreateOptions options, Passphrase passphrase)
      throws IOException, ContainerException {
    CryptoProfile profile = environment.standardProfile();
    startWarmUp(profile, CryptoProfile.Work.SEALING);
    Instant now = environment.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    ContainerId id = ContainerId.of(profile.randomBytes(FormatLimits.CONTAINER_ID_LENGTH));
    ContainerFacts facts =
        new ContainerFacts(id, ProfileId.STANDARD, now, options.segmentMib(), false);
    Optional<RecoveryKey> recovery =
        options.recoveryKey()
            ? Optional.of(closers.add(RecoveryKey.generate(environment.random())))
            : Optional.empty();
    try (SecretBytes master = profile.randomKey(FormatLimits.MASTER_KEY_LENGTH)) {
      SealedKeyArea keys =
          new KeySlots(profile, environment.clock())
              .create(facts, master, passphrase, options.cost().toKdf(), recovery.orElse(null));
      SegmentedFile file = closers.add(segments(source, first, facts));
      Records records = closers.add(new Records(profile, master, id));
      Layout layout = new Layout(file.segmentBytes());
      FoundCommit start = firstCommit(file, records, layout, keys.bytes().toBytes());
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
              1,
              start.record().timeMillis(),
              List.of(),
              List.of(),
              OptionalLong.empty(),
              true,
              List.of());
      return new NewContainer(new Container(session, report), recovery);
    }
  }

  /** The files of what may be a container: nothing is written to them. */
  static SegmentedFile plain(SegmentSource source, BlockFile first) throws IOException {
    return new SegmentedFile(source, first, FormatLimits.MAXIMUM_FILE_LENGTH, n -> new byte[0]);
  }

  /** The files of a container that is made or opened. */
  static SegmentedFile segments(SegmentSource source, BlockFile first, ContainerFacts facts)
      throws IOException {
    return new SegmentedFile(
        source,
        first,
        facts.segmentMib() * MIB,
        n -> new SegmentHeader(facts.id(), n, facts.segmentMib()).encode());
  }

  /** Areas, reserve and the empty generation 1. The key area comes last: until then it is none. */
  private FoundCommit firstCommit(
      SegmentedFile file, Records records, Layout layout, byte[] keyArea)
      throws IOException, ContainerException {
    byte[] zeros = new byte[(int) Layout.FIRST_BATCH + FormatLimits.BLOCK];
    file.write(0, zeros, 0, zeros.length);
    file.force(); // a creation that is broken off leaves a file that ends before this, or is so
    // long
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
    return FoundCommit.first(batch.commit().orElseThrow(), batch.asPrevious());
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

  /** AES-GCM runs at a fiftieth of its speed until it is compiled; the KDF takes longer anyway. */
  static void startWarmUp(CryptoProfile profile, CryptoProfile.Work work) {
    Thread thread = new Thread(() -> profile.warmUp(work), "usbguard-warm-up");
    thread.setDaemon(true);
    thread.start();
  }
}
