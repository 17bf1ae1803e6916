package uk.usbguard.core.registry;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uk.usbguard.core.device.ContainerFingerprint;
import uk.usbguard.core.device.DeviceIdentity;
import uk.usbguard.core.device.LifecycleState;
import uk.usbguard.core.device.SerialNumber;

/** What can be asked of a register. Nothing here changes it. */
public abstract sealed class RegisterView permits DeviceRegister {

  /** A list is never longer; ask for the next one after its last tag. */
  public static final int MAX_PAGE = 1_000;

  private final Database database;
  private final Clock clock;
  private final DeviceTable devices;
  private final HistoryTable history = new HistoryTable();
  private final SettingTable settings = new SettingTable();
  private final HistoryTotals totals = new HistoryTotals();

  /** Takes an entry. */
  @FunctionalInterface
  public interface Visitor {
    void take(Device device) throws IOException, RegisterFailedException, RegisterRefusedException;
  }

  RegisterView(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.devices = new DeviceTable(database);
  }

  /** The entry with this tag. */
  public Device get(AssetTag tag) throws RegisterFailedException, RegisterRefusedException {
    return find(tag)
        .orElseThrow(() -> new RegisterRefusedException(Refusal.NO_SUCH_DEVICE, tag.text()));
  }

  /** The entry with this tag, if there is one. */
  public Optional<Device> find(AssetTag tag)
      throws RegisterFailedException, RegisterRefusedException {
    return find(tag.text());
  }

  private Optional<Device> find(String tag)
      throws RegisterFailedException, RegisterRefusedException {
    return database.read(
        connection -> devices.find(connection, PlainText.key(tag)).map(DeviceTable.Row::device));
  }

  /** All entries with this identity, at most {@link #MAX_PAGE}; more than one is a finding. */
  public List<Device> withIdentity(DeviceIdentity identity)
      throws RegisterFailedException, RegisterRefusedException {
    return database.read(connection -> devices.byIdentity(connection, identity.key(), MAX_PAGE));
  }

  /**
   * All entries that somebody may mean by this, at most {@link #MAX_PAGE}: by tag, by identity as
   * {@code VVVV:PPPP:SERIAL}, or by serial number as a device, a system or a person writes it.
   */
  public List<Device> named(String typed) throws RegisterFailedException, RegisterRefusedException {
    List<Device> found = new ArrayList<>();
    if (PlainText.isPlain(typed) && !typed.isBlank()) {
      find(typed).ifPresent(found::add);
    }
    try {
      found.addAll(
          DeviceIdentity.isKey(typed)
              ? withIdentity(DeviceIdentity.parse(typed))
              : withSerial(SerialNumber.of(typed)));
    } catch (IllegalArgumentException e) {
      return found; // longer than any device's
    }
    return found;
  }

  private List<Device> withSerial(SerialNumber serial)
      throws RegisterFailedException, RegisterRefusedException {
    if (!serial.isPresent()) {
      return List.of();
    }
    DeviceFilter anywhere = new DeviceFilter(null, null, null, Set.of(), serial.text(), false);
    List<Device> found = new ArrayList<>();
    List<Device> page = list(anywhere, Optional.empty(), MAX_PAGE);
    while (!page.isEmpty() && found.size() < MAX_PAGE) {
      page.stream()
          .filter(device -> device.hardware().identity().serial().equals(serial))
          .forEach(found::add);
      page = list(anywhere, Optional.of(page.get(page.size() - 1).tag()), MAX_PAGE);
    }
    return found;
  }

  /** All entries whose container has this fingerprint, at most {@link #MAX_PAGE}. */
  public List<Device> withFingerprint(String fingerprint)
      throws RegisterFailedException, RegisterRefusedException {
    return database.read(connection -> devices.byFingerprint(connection, fingerprint, MAX_PAGE));
  }

  /** Whether one of these containers is that of a revoked drive, whatever it lies on now. */
  public boolean isRevoked(List<ContainerFingerprint> containers)
      throws RegisterFailedException, RegisterRefusedException {
    for (ContainerFingerprint container : containers) {
      if (withFingerprint(container.toString()).stream()
          .anyMatch(device -> device.state().isRevoked())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Entries in the order of their tags.
   *
   * @param after the last tag of the list before, if this goes on from it
   * @param limit at most {@link #MAX_PAGE}
   */
  public List<Device> list(DeviceFilter filter, Optional<AssetTag> after, int limit)
      throws RegisterFailedException, RegisterRefusedException {
    if (limit < 1 || limit > MAX_PAGE) {
      throw new IllegalArgumentException("limit " + limit);
    }
    String afterKey = after.map(AssetTag::key).orElse("");
    return database.read(connection -> devices.page(connection, filter, afterKey, limit));
  }

  /** What was done to an entry, the newest first, at most {@link #MAX_PAGE} lines. */
  public List<HistoryLine> history(AssetTag tag)
      throws RegisterFailedException, RegisterRefusedException {
    return database.read(connection -> history.of(connection, tag.key(), MAX_PAGE));
  }

  /** What the drive may be used for at this moment. */
  public Fitness fitness(Device device) throws RegisterFailedException, RegisterRefusedException {
    DeviceIdentity identity = device.hardware().identity();
    return database.read(
        connection -> {
          boolean shared =
              identity.serial().quality().isUsable()
                  && devices.countInUse(connection, identity.key()) > 1;
          return Fitness.of(device, settings.read(connection), Changes.now(clock), shared);
        });
  }

  /** Identities that several entries in use have, after the given one, at most 1,000. */
  public List<DeviceIdentity> sharedIdentities(Optional<DeviceIdentity> after)
      throws RegisterFailedException, RegisterRefusedException {
    String afterKey = after.map(DeviceIdentity::key).orElse("");
    return database.read(
        connection ->
            devices.shared(connection, afterKey, MAX_PAGE).stream()
                .map(DeviceIdentity::parse)
                .toList());
  }

  /** What the organisation decided, or the defaults. */
  public RegisterSettings settings() throws RegisterFailedException, RegisterRefusedException {
    return database.read(settings::read);
  }

  /**
   * A random sample of what is neither only requested nor disposed of, with what was found of each.
   * The same seed draws the same drives from the same entries, in the same order. Reads every
   * entry, and keeps no more than are drawn.
   *
   * @param count at most {@link #MAX_PAGE}
   */
  public List<SampledDevice> sample(SampleSeed seed, int count)
      throws RegisterFailedException, RegisterRefusedException {
    if (count < 1 || count > MAX_PAGE) {
      throw new IllegalArgumentException("count " + count);
    }
    SampleDraw draw = new SampleDraw(seed, count);
    Optional<AssetTag> after = Optional.empty();
    List<Device> page;
    do {
      page = list(DeviceFilter.ALL, after, MAX_PAGE); // in the order of the primary key
      for (Device device : page) {
        draw.offer(device);
        after = Optional.of(device.tag());
      }
    } while (page.size() == MAX_PAGE);
    return database.read(
        connection -> {
          List<SampledDevice> sampled = new ArrayList<>();
          for (Device device : draw.drawn()) {
            var result = history.lastSpotCheck(connection, device.tag().key(), seed);
            sampled.add(new SampledDevice(device, result.orElse(null)));
          }
          return sampled;
        });
  }

  /** What the organisation decided anew, the newest first, at most {@link #MAX_PAGE}. */
  public List<Decision> decisions() throws RegisterFailedException, RegisterRefusedException {
    return database.read(
        connection ->
            history.of(connection, HistoryTable.REGISTER, MAX_PAGE).stream()
                .map(Decision::of)
                .toList());
  }

  /** How often each thing was done to drives since then; what was not done is left out. */
  public Map<Action, Long> deeds(Instant since)
      throws RegisterFailedException, RegisterRefusedException {
    return database.read(connection -> totals.deeds(connection, since));
  }

  /** What spot checks recorded since then, by sample, the newest first, at most 1,000. */
  public List<SampleResults> spotChecks(Instant since)
      throws RegisterFailedException, RegisterRefusedException {
    return database.read(connection -> totals.spotChecks(connection, since));
  }

  /**
   * Those who leave and still have drives, the latest first: whoever had a drive suspended for it,
   * which was not taken into use again or wiped since. Who had none that was issued is not among
   * them.
   *
   * @param people at most so many leavers are looked at, {@link #MAX_PAGE} or fewer
   */
  public List<Leaver> leavers(int people) throws RegisterFailedException, RegisterRefusedException {
    List<Leaver> open = new ArrayList<>();
    for (HistoryTotals.Leaving one :
        database.read(connection -> totals.leavers(connection, Math.min(people, MAX_PAGE)))) {
      List<Device> outstanding = list(outstandingOf(one.owner()), Optional.empty(), MAX_PAGE);
      if (!outstanding.isEmpty()) {
        open.add(new Leaver(one.owner(), one.since(), outstanding));
      }
    }
    return open;
  }

  private static DeviceFilter outstandingOf(String owner) {
    EnumSet<LifecycleState> states = EnumSet.allOf(LifecycleState.class);
    states.removeIf(state -> !state.isOutstanding());
    return new DeviceFilter(owner, null, null, states, null, false);
  }

  /**
   * Shows every entry that the filter lets through, in the order of their tags. Each is whole;
   * changes meanwhile may show. No more than a page is held.
   *
   * @return how many
   */
  public long each(DeviceFilter filter, Visitor visitor)
      throws IOException, RegisterFailedException, RegisterRefusedException {
    long count = 0;
    Optional<AssetTag> after = Optional.empty();
    List<Device> page;
    do {
      page = list(filter, after, MAX_PAGE);
      for (Device device : page) {
        visitor.take(device);
        after = Optional.of(device.tag());
      }
      count += page.size();
    } while (page.size() == MAX_PAGE);
    return count;
  }

  /** Writes every entry that the filter lets through, as {@link #each} shows them. */
  public long exportTo(EntrySink sink, DeviceFilter filter)
      throws IOException, RegisterFailedException, RegisterRefusedException {
    long count = each(filter, device -> sink.write(EntryText.write(device)));
    sink.finish();
    return count;
  }
}
