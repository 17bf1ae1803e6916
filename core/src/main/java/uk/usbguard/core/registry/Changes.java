package uk.usbguard.core.registry;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import uk.usbguard.core.device.LifecycleState;
import uk.usbguard.core.registry.HistoryTable.Change;

/**
 * Changes of entries: each is one transaction in which the entry and its line of history are
 * written together, or neither. A change whose connection breaks is tried again; that it was saved
 * after all is seen by the line of history. Whatever happens is told to the listener.
 */
final class Changes {

  private static final int TRIES = 3;

  private static final String CLOCK_SET_BACK = "clock set back";

  private final Database database;
  private final DeviceTable devices;
  private final HistoryTable history = new HistoryTable();
  private final SettingTable settings = new SettingTable();
  private final Clock clock;
  private final RegisterListener listener;

  Changes(Database database, RegisterEnvironment environment) {
    this.database = database;
    this.devices = new DeviceTable(database);
    this.clock = environment.clock();
    this.listener = environment.listener();
  }

  /** What an entry becomes. */
  @FunctionalInterface
  interface Step {
    Device apply(Lifecycle rules, Device before) throws RegisterRefusedException;
  }

  /** What an entry becomes where its past counts. */
  @FunctionalInterface
  interface StepWithPast {
    Device apply(Lifecycle rules, Device before, String lastActor) throws RegisterRefusedException;
  }

  /** A moment as the register keeps it. */
  static Instant now(Clock clock) {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Makes an entry. */
  Device enter(Registration wanted, boolean sharedIdentity, Act given)
      throws RegisterFailedException, RegisterRefusedException {
    return told(
        Action.REGISTER,
        given,
        wanted.tag().text(),
        change ->
            database.change(
                connection -> {
                  Lifecycle rules = new Lifecycle(settings.read(connection), change.at());
                  Device device = rules.register(wanted, change.act());
                  database.claim(connection, "tag " + wanted.tag().key());
                  database.claim(connection, "drive " + device.hardware().identity().key());
                  var there = devices.find(connection, wanted.tag().key());
                  if (there.isPresent()
                      && history.has(connection, wanted.tag().key(), change.operation())) {
                    return device;
                  }
                  if (there.isPresent()) {
                    throw new RegisterRefusedException(Refusal.TAG_TAKEN, wanted.tag().text());
                  }
                  if (!sharedIdentity) {
                    refuseShared(devices, connection, device);
                  }
                  devices.insert(connection, device);
                  history.add(connection, change, "", new DeviceTable.Row(device, 1), "");
                  return device;
                },
                TRIES));
  }

  private static void refuseShared(DeviceTable devices, Connection connection, Device device)
      throws SQLException, RegisterRefusedException {
    var identity = device.hardware().identity();
    if (!identity.serial().quality().isUsable()) {
      return;
    }
    for (Device other : devices.byIdentity(connection, identity.key(), 100)) {
      if (other.state() != LifecycleState.DISPOSED) {
        throw new RegisterRefusedException(
            Refusal.IDENTITY_TAKEN, identity.key(), other.tag().text());
      }
    }
  }

  /** Changes one entry. */
  Device change(Action action, AssetTag tag, Act given, String detail, Step step)
      throws RegisterFailedException, RegisterRefusedException {
    return told(
        action,
        given,
        tag.text(),
        change ->
            database.change(
                connection -> {
                  Lifecycle rules = new Lifecycle(settings.read(connection), change.at());
                  return apply(
                      connection, change, tag, detail, before -> step.apply(rules, before));
                },
                TRIES));
  }

  /**
   * Changes one entry in the light of who did something to it last. An entry that was imported
   * after that was done brings no history: who imported it answers for it.
   */
  Device change(Action action, AssetTag tag, Act given, Action past, StepWithPast step)
      throws RegisterFailedException, RegisterRefusedException {
    return told(
        action,
        given,
        tag.text(),
        change ->
            database.change(
                connection -> {
                  Lifecycle rules = new Lifecycle(settings.read(connection), change.at());
                  String who =
                      history
                          .last(connection, tag.key(), past, Action.IMPORT)
                          .map(HistoryLine::actor)
                          .orElse("");
                  return apply(
                      connection, change, tag, "", before -> step.apply(rules, before, who));
                },
                TRIES));
  }

  /** Suspends every issued drive of somebody who leaves, or none. Each is told of. */
  LeaverReport leaver(String owner, Act given)
      throws RegisterFailedException, RegisterRefusedException {
    List<String> told = new ArrayList<>();
    return told(
        Action.LEAVER,
        given,
        told,
        change ->
            database.change(
                connection -> {
                  told.clear(); // of an earlier try
                  return leave(connection, change, owner, told);
                },
                TRIES));
  }

  private LeaverReport leave(
      java.sql.Connection connection, Change change, String owner, List<String> told)
      throws java.sql.SQLException, RegisterRefusedException {
    Lifecycle rules = new Lifecycle(settings.read(connection), change.at());
    List<Device> suspended = new ArrayList<>();
    List<Device> theirs = new ArrayList<>();
    for (Device device : devices.ofOwner(connection, owner)) {
      boolean done = history.has(connection, device.tag().key(), change.operation());
      if (done || device.state() == LifecycleState.ISSUED) {
        Device now =
            apply(
                connection,
                change,
                device.tag(),
                "",
                before -> rules.become(before, LifecycleState.SUSPENDED));
        told.add(now.tag().text());
        suspended.add(now);
        theirs.add(now);
      } else {
        theirs.add(device);
      }
    }
    if (theirs.isEmpty()) {
      throw new RegisterRefusedException(Refusal.NO_SUCH_OWNER, owner);
    }
    return new LeaverReport(owner, suspended, theirs);
  }

  /** Writes what the organisation decided; what was decided before changes with a reason only. */
  List<SettingChange> decide(RegisterSettings before, RegisterSettings wanted, Act given)
      throws RegisterFailedException, RegisterRefusedException {
    return told(
        Action.INIT,
        given,
        "",
        change -> {
          RegisterSettings checked = wanted.checked();
          return database.change(
              connection -> {
                database.claim(connection, "settings");
                return decide(connection, change, before, checked);
              },
              TRIES);
        });
  }

  private List<SettingChange> decide(
      Connection connection, Change change, RegisterSettings before, RegisterSettings wanted)
      throws SQLException, RegisterRefusedException {
    List<SettingChange> changes = SettingChange.between(before, wanted);
    if (history.has(connection, HistoryTable.REGISTER, change.operation())) {
      return changes; // an earlier try was saved, although the connection broke
    }
    RegisterSettings there = settings.read(connection);
    if (!there.isDecided()) {
      settings.write(connection, wanted);
      return changes;
    }
    if (SettingChange.between(there, wanted).isEmpty()) {
      return changes; // so already, perhaps by an earlier try
    }
    if (!SettingChange.between(there, before).isEmpty()) {
      throw new RegisterRefusedException(Refusal.DECIDED_MEANWHILE);
    }
    if (change.act().reason().isEmpty()) {
      throw new RegisterRefusedException(Refusal.FIELD_MISSING, "reason");
    }
    settings.write(connection, wanted);
    history.addDecided(connection, change, changes);
    return changes;
  }

  private interface OneStep {
    Device apply(Device before) throws RegisterRefusedException;
  }

  private Device apply(
      Connection connection, Change change, AssetTag tag, String detail, OneStep step)
      throws SQLException, RegisterRefusedException {
    var found = devices.lock(connection, tag.key());
    if (found.isEmpty()) {
      throw new RegisterRefusedException(Refusal.NO_SUCH_DEVICE, tag.text());
    }
    DeviceTable.Row before = found.get();
    if (history.has(connection, tag.key(), change.operation())) {
      return before.device(); // an earlier try was saved, although the connection broke
    }
    Device after = step.apply(before.device());
    if (change.action() == Action.CHECK_IN && detail.isEmpty() && after.equals(before.device())) {
      return after; // seen a moment ago, and nothing else to say
    }
    devices.update(connection, before, after);
    String from = before.device().state().name().toLowerCase(Locale.ROOT);
    String said = withClock(change, before.device(), after, detail);
    history.add(connection, change, from, new DeviceTable.Row(after, before.version() + 1), said);
    return after;
  }

  /** CHK-03: a sighting that shows that a clock was wrong says so. */
  private static String withClock(Change change, Device before, Device after, String detail) {
    CheckIn earlier = before.standing().checkIn();
    boolean newlyFlagged = !earlier.clockSetBack() && after.standing().checkIn().clockSetBack();
    if (change.action() != Action.CHECK_IN
        || (!newlyFlagged && earlier.equals(earlier.possibleAt(change.at())))) {
      return detail;
    }
    return detail.isEmpty() ? CLOCK_SET_BACK : detail + ", " + CLOCK_SET_BACK;
  }

  /** Something that is to be told. */
  interface Deed<T> {
    T run(Change change) throws RegisterFailedException, RegisterRefusedException;
  }

  /** Does it and says how it ended. */
  <T> T told(Action action, Act given, String tag, Deed<T> deed)
      throws RegisterFailedException, RegisterRefusedException {
    return told(action, given, List.of(tag), deed);
  }

  private <T> T told(Action action, Act given, List<String> tags, Deed<T> deed)
      throws RegisterFailedException, RegisterRefusedException {
    Instant at = now(clock);
    String result = "interrupted";
    try {
      Act act = given.checked(action);
      T made = deed.run(new Change(at, action, act, UUID.randomUUID().toString()));
      result = RegisterEvent.DONE;
      return made;
    } catch (RegisterRefusedException e) {
      result = e.refusal().label();
      throw e;
    } catch (RegisterFailedException e) {
      result = "register-" + e.problem().name().toLowerCase(Locale.ROOT).replace('_', '-');
      throw e;
    } finally {
      for (String tag : tags) {
        listener.happened(
            new RegisterEvent(at, action, given.actor(), given.reason(), tag, result));
      }
    }
  }
}
