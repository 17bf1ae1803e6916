package uk.usbguard.core.registry;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.device.ContainerFingerprint;
import uk.usbguard.core.device.LifecycleState;

/**
 * The register. Every method that changes something does all of it in one transaction, with who,
 * why and when, or throws and has done nothing. Safe for several threads and for several processes
 * on one register.
 *
 * <p>Does not know who really calls: the front end says who acts.
 */
public final class DeviceRegister extends RegisterView implements AutoCloseable {

  private final Database database;
  private final Changes changes;
  private final @Nullable SqliteBackups backups;

  private DeviceRegister(
      Database database, RegisterEnvironment environment, @Nullable SqliteBackups backups) {
    super(database, environment.clock());
    this.database = database;
    this.changes = new Changes(database, environment);
    this.backups = backups;
  }

  /**
   * Opens a register; brings its tables up to date if they are older. A file that holds nothing is
   * damaged, unless it may be made and there is no backup of it.
   *
   * @param create whether a missing file is made; a database on a server must be there
   * @param password for a server, or null; the caller wipes it
   */
  public static DeviceRegister open(
      RegisterAddress address,
      boolean create,
      char @Nullable [] password,
      RegisterEnvironment environment)
      throws RegisterFailedException {
    if (address instanceof RegisterAddress.OnServer server) {
      return new DeviceRegister(
          PostgresDatabase.open(server, password, environment.patience()), environment, null);
    }
    Path file = ((RegisterAddress.InFile) address).file();
    SqliteBackups backups = new SqliteBackups(file, environment.clock());
    return new DeviceRegister(
        SqliteDatabase.open(file, create, environment.patience(), backups), environment, backups);
  }

  // --- life

  /**
   * Enters a drive as requested.
   *
   * @param sharedIdentity whether another entry may have the same identity; it becomes a finding
   */
  public Device register(Registration wanted, boolean sharedIdentity, Act act)
      throws RegisterFailedException, RegisterRefusedException {
    return changes.enter(wanted, sharedIdentity, act);
  }

  /** Requested or wiped to approved, by another person: REG-03. */
  public Device approve(AssetTag tag, String riskAssessment, Act act)
      throws RegisterFailedException, RegisterRefusedException {
    return changes.change(
        Action.APPROVE,
        tag,
        act,
        "",
        (rules, device) -> rules.approve(device, riskAssessment, act));
  }

  /** Records that the owner signed the agreement: REG-04. */
  public Device signOff(AssetTag tag, SignOff signed, Act act)
      throws RegisterFailedException, RegisterRefusedException {
    return changes.change(
        Action.SIGN_OFF,
        tag,
        act,
        "version " + signed.version(),
        (rules, device) -> rules.signOff(device, signed));
  }

  /** Records what was done at the handover: REG-05. */
  public Device handOver(AssetTag tag, Set<HandoverItem> done, Act act)
      throws RegisterFailedException, RegisterRefusedException {
    return changes.change(
        Action.HANDOVER, tag, act, "", (rules, device) -> rules.handOver(device, done, act));
  }

  /** Approved to issued. */
  public Device issue(AssetTag tag, Act act)
      throws RegisterFailedException, RegisterRefusedException {
    return changes.change(
        Action.ISSUE,
        tag,
        act,
        "",
        (rules, device) -> rules.useFrom(LifecycleState.APPROVED, device));
  }

  /** Issued to suspended. */
  public Device suspend(AssetTag tag, Act act)
      throws RegisterFailedException, RegisterRefusedException {
    return become(Action.SUSPEND, tag, LifecycleState.SUSPENDED, act);
  }

  /** Suspended to issued, by somebody who does not hold it. */
  public Device resume(AssetTag tag, Act act)
      throws RegisterFailedException, RegisterRefusedException {
    return changes.change(
        Action.RESUME, tag, act, "", (rules, device) -> rules.resume(device, act));
  }

  /** To lost: blocked everywhere. */
  public Device lost(AssetTag tag, Act act)
      throws RegisterFailedException, RegisterRefusedException {
    return become(Action.LOST, tag, LifecycleState.LOST, act);
  }

  /** Lost to found: still blocked, until information governance clears it. */
  public Device found(AssetTag tag, Act act)
      throws RegisterFailedException, RegisterRefusedException {
    return become(Action.FOUND, tag, LifecycleState.FOUND, act);
  }

  /**
   * Found to issued or returned, by information governance: INC-06.
   *
   * @param next issued or returned
   */
  public Device clear(AssetTag tag, LifecycleState next, Act act)
      throws RegisterFailedException, RegisterRefusedException {
    return changes.change(
        Action.CLEAR,
        tag,
        act,
        Action.FOUND,
        (rules, device, foundBy) -> rules.clear(device, next, foundBy, act));
  }

  /** Handed back. A found drive is cleared instead. */
  public Device giveBack(AssetTag tag, Act act)
      throws RegisterFailedException, RegisterRefusedException {
    return changes.change(Action.RETURN, tag, act, "", (rules, device) -> rules.giveBack(device));
  }

  /** Returned to wiped: a wipe that was verified. */
  public Device wiped(AssetTag tag, String method, String certificate, Act act)
      throws RegisterFailedException, RegisterRefusedException {
    return changes.change(
        Action.WIPED,
        tag,
        act,
        certificate.strip(),
        (rules, device) -> rules.wiped(device, method, certificate, act));
  }

  /** Records a wipe that did not verify. The drive stays returned: it can only be destroyed. */
  public Device wipeFailed(AssetTag tag, Act act)
      throws RegisterFailedException, RegisterRefusedException {
    return changes.change(
        Action.WIPE_FAILED, tag, act, "", (rules, device) -> rules.wipeFailed(device));
  }

  /** To disposed: the end. */
  public Device retire(AssetTag tag, Act act)
      throws RegisterFailedException, RegisterRefusedException {
    return become(Action.RETIRE, tag, LifecycleState.DISPOSED, act);
  }

  /** To another owner, before it is issued; or to another manager, at any time. */
  public Device transfer(AssetTag tag, Holder next, Act act)
      throws RegisterFailedException, RegisterRefusedException {
    return changes.change(
        Action.TRANSFER,
        tag,
        act,
        "to " + next.owner().strip() + ", " + next.manager().strip(),
        (rules, device) -> rules.transfer(device, next, act));
  }

  /** Records leave to do what the rules forbid: REG-07, GOV-02. */
  public Device except(AssetTag tag, UseException leave, Act act)
      throws RegisterFailedException, RegisterRefusedException {
    return changes.change(
        Action.EXCEPTION,
        tag,
        act,
        leave.kind().name().toLowerCase(java.util.Locale.ROOT) + " until " + leave.ends(),
        (rules, device) -> rules.except(device, leave, act));
  }

  /** Records what a spot check of this sample found: AUD-06. Nothing else changes. */
  public Device spotCheck(AssetTag tag, SampleSeed sample, SpotCheck found, Act act)
      throws RegisterFailedException, RegisterRefusedException {
    return changes.change(
        Action.SPOT_CHECK,
        tag,
        act,
        found.detail(sample),
        (rules, device) -> rules.spotCheck(device, found, act));
  }

  /** Records which container is on it, after it was encrypted or made anew. */
  public Device contain(AssetTag tag, ContainerFingerprint container, Act act)
      throws RegisterFailedException, RegisterRefusedException {
    return changes.change(
        Action.CONTAINER,
        tag,
        act,
        container.toString(),
        (rules, device) -> rules.contain(device, container));
  }

  /**
   * A managed PC saw it at this time, by its clock: CHK-01, CHK-03. A time that has not come by the
   * register's clock is refused; one that was kept before is put right.
   */
  public Device checkIn(AssetTag tag, Instant seen, Act act)
      throws RegisterFailedException, RegisterRefusedException {
    return checkIn(tag, seen, "", act);
  }

  /** The same, with what that PC says of itself, which the history keeps: CHK-02. */
  public Device checkIn(AssetTag tag, Instant seen, HostCheck host, Act act)
      throws RegisterFailedException, RegisterRefusedException {
    return checkIn(tag, seen, host.detail(), act);
  }

  private Device checkIn(AssetTag tag, Instant seen, String detail, Act act)
      throws RegisterFailedException, RegisterRefusedException {
    Instant kept = seen.truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
    return changes.change(
        Action.CHECK_IN, tag, act, detail, (rules, device) -> rules.seen(device, kept));
  }

  /**
   * Somebody leaves: every issued drive of theirs is suspended, all or none, and everything that is
   * still theirs is listed. LEAV-01.
   */
  public LeaverReport leaver(String owner, Act act)
      throws RegisterFailedException, RegisterRefusedException {
    return changes.leaver(owner, act);
  }

  private Device become(Action action, AssetTag tag, LifecycleState next, Act act)
      throws RegisterFailedException, RegisterRefusedException {
    return changes.change(action, tag, act, "", (rules, device) -> rules.become(device, next));
  }

  // --- settings

  /**
   * Decides, for the first time or anew. What an organisation decided before changes only with a
   * reason, and each change is a line of the history with the old and the new value.
   *
   * @param before what was seen to be decided: if it is something else by now, nothing is changed
   * @return what is different now; nothing if all was so already
   */
  public List<SettingChange> decide(RegisterSettings before, RegisterSettings wanted, Act act)
      throws RegisterFailedException, RegisterRefusedException {
    return changes.decide(before, wanted, act);
  }

  // --- files

  /** Adds entries from a file; what is there already is left as it is. All of it or nothing. */
  public ImportResult importFrom(EntrySource source, ImportNotes notes, Act act)
      throws IOException, EntryFormatException, RegisterFailedException, RegisterRefusedException {
    return new EntryImport(database, changes).run(source, notes, act);
  }

  // --- care

  /** Copies an SQLite register if the last copy is a day old. A server is its own keeper's care. */
  public void backUpIfDue() throws RegisterFailedException {
    if (backups != null && database instanceof SqliteDatabase sqlite) {
      sqlite.backUpIfDue(backups);
    }
  }

  /**
   * Puts a backup in the place of a damaged register file, which is kept beside it. No process may
   * have the register open.
   *
   * @param wanted which copy; without one the newest sound one, and only if the register is not
   *     sound itself
   */
  public static Restored restore(Path register, Optional<Path> wanted, RegisterEnvironment env)
      throws RegisterFailedException {
    try {
      var backup = new SqliteBackups(register, env.clock()).restore(wanted);
      return new Restored(backup.file(), backup.madeAt());
    } catch (IOException e) {
      throw SqlProblems.file(e, "restore");
    }
  }

  /** Which copy is now the register, and of when it is: what was done later is lost. */
  public record Restored(Path backup, Instant madeAt) {}

  @Override
  public void close() throws RegisterFailedException {
    database.close();
  }
}
