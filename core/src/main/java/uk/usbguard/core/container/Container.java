package uk.usbguard.core.container;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.error.DamagedContainerException;
import uk.usbguard.core.error.EntryException;
import uk.usbguard.core.error.EntryException.Reason;
import uk.usbguard.core.secret.Passphrase;
import uk.usbguard.core.secret.RecoveryKey;

/**
 * An open container. What it hands out was verified; what it took in and {@link #commit committed}
 * is on the medium, and a pull at any moment later loses none of it on hardware that keeps its word
 * about flushing. Until a commit, changes may be lost, all of the last ones together.
 *
 * <p>Changes are committed when 8 MiB have gathered, with the first change that comes 2 s after an
 * uncommitted one, and when it is closed; whoever leaves it open commits. Safe for use by several
 * threads: one changes at a time, others read meanwhile.
 */
public final class Container implements AutoCloseable {

  private final Session session;
  private final Contents contents;
  private final Namespace namespace;
  private final ContainerSlots slots;
  private final OpenReport report;
  private boolean reaped;

  Container(Session session, OpenReport report) {
    this.session = session;
    this.report = report;
    this.contents = new Contents(session);
    this.namespace = new Namespace(session, contents);
    this.slots = new ContainerSlots(session);
  }

  /** What was noticed while opening. */
  public OpenReport openReport() {
    return report;
  }

  /** The sizes of all files together, as the commit says: nothing of the index is read for it. */
  public long payloadBytes() {
    return session.current().payloadBytes();
  }

  /** True if it was opened for writing. */
  public boolean isWritable() {
    return session.isWritable();
  }

  // ---- reading

  /** The root folder. */
  public Entry root() {
    return Entry.root(session.keys().area().container().made());
  }

  /** The entry at a path, if there is one. */
  public Optional<Entry> find(ContainerPath path) throws IOException, ContainerException {
    return path.isRoot()
        ? Optional.of(root())
        : namespace.find(path).map(found -> Entry.of(found.entry()));
  }

  /**
   * The entry at a path.
   *
   * @throws EntryException if there is none
   */
  public Entry require(ContainerPath path) throws IOException, ContainerException {
    return find(path).orElseThrow(() -> new EntryException(Reason.NO_SUCH_ENTRY, path.toString()));
  }

  /** The entries of a folder, in order of their folded names. */
  public EntryCursor list(ContainerPath folder) throws IOException, ContainerException {
    return new EntryCursor(session, namespace.folderId(folder), null);
  }

  /** The same, but passing over damaged parts of the index, each of which is reported once. */
  public EntryCursor listTolerant(ContainerPath folder, Consumer<DamagedContainerException> damage)
      throws IOException, ContainerException {
    return new EntryCursor(session, namespace.folderId(folder), damage);
  }

  /** A file, for reading. */
  public FileReader openFile(ContainerPath path) throws IOException, ContainerException {
    Namespace.Found found = namespace.requireFile(path);
    return new FileReader(session, found.key(), found.entry());
  }

  /**
   * What of this container is on the medium by now, read past the system's cache. Nothing where the
   * platform or the file system has no way to do so.
   */
  public Optional<MediumView> onMedium() throws IOException, ContainerException {
    return session.onMedium();
  }

  // ---- changing

  private <T> T changing(Change<T> change) throws IOException, ContainerException {
    removeLeftOvers();
    return session.changing(
        () -> {
          T result = change.change();
          session.edits().commitIfDue();
          return result;
        });
  }

  /** Removes what an interrupted session left without a name, once. */
  private void removeLeftOvers() throws IOException, ContainerException {
    if (reaped) {
      return;
    }
    reaped = true;
    try {
      session.changing(() -> contents.reaper().reap(ProgressListener.none()));
    } catch (DamagedContainerException e) {
      // It takes space, nothing else: no reason to refuse the change that was asked for.
    }
  }

  /** Makes a folder in one that is there. */
  public Entry makeFolder(ContainerPath path, FileMeta meta)
      throws IOException, ContainerException {
    return changing(() -> Entry.of(namespace.makeFolder(path, meta)));
  }

  /** Makes a folder and all above it that are missing. */
  public Entry makeFolders(ContainerPath path) throws IOException, ContainerException {
    FileMeta meta = FileMeta.at(now());
    return changing(
        () -> {
          namespace.makeFolders(path, meta);
          return require(path);
        });
  }

  /**
   * Takes in a file. It appears whole or not at all, also if the stream fails, the medium is full
   * or the stick is pulled; what it replaces stays until then.
   *
   * @return the new entry
   */
  public Entry put(ContainerPath path, FileMeta meta, InputStream in, PutMode mode)
      throws IOException, ContainerException {
    try {
      return changing(() -> Entry.of(namespace.store(path, meta, in, mode)));
    } catch (SourceFailure e) {
      throw e.failure();
    }
  }

  /** A file, for changing at any place; made empty if it is not there. */
  public FileEditor edit(ContainerPath path) throws IOException, ContainerException {
    return changing(
        () -> {
          if (namespace.find(path).isEmpty()) {
            namespace.store(
                path, FileMeta.at(now()), InputStream.nullInputStream(), PutMode.CREATE);
          }
          return editor(path);
        });
  }

  /** A file that is there, for changing at any place. */
  public FileEditor editExisting(ContainerPath path) throws IOException, ContainerException {
    return changing(() -> editor(path));
  }

  private FileEditor editor(ContainerPath path) throws IOException, ContainerException {
    return new FileEditor(EditedFile.of(session, namespace.requireFile(path)));
  }

  /** Sets times and attributes of a file or folder. */
  public void setMeta(ContainerPath path, FileMeta meta) throws IOException, ContainerException {
    changing(
        () -> {
          namespace.setMeta(path, meta);
          return path;
        });
  }

  /** Moves a file or a folder with all that is in it; never onto something that is there. */
  public void rename(ContainerPath from, ContainerPath to) throws IOException, ContainerException {
    rename(from, to, PutMode.CREATE);
  }

  /**
   * Moves a file or a folder with all that is in it. What it replaces, a file or an empty folder,
   * goes in the same step: at any moment one of the two has the name.
   */
  public void rename(ContainerPath from, ContainerPath to, PutMode mode)
      throws IOException, ContainerException {
    changing(
        () -> {
          namespace.rename(from, to, mode);
          return to;
        });
  }

  /** Removes a file or an empty folder. */
  public void remove(ContainerPath path) throws IOException, ContainerException {
    changing(
        () -> {
          namespace.remove(path);
          return path;
        });
  }

  /**
   * Removes a file, or a folder with all that is in it: for whoever looks, in one step. Freeing
   * what the folder took can be stopped early.
   */
  public RemoveResult removeTree(ContainerPath path, ProgressListener progress)
      throws IOException, ContainerException {
    return changing(
        () -> {
          Namespace.Found found = namespace.require(path);
          if (!found.entry().isFolder()) {
            namespace.remove(path);
            return new RemoveResult(1, 0, found.entry().size(), true);
          }
          contents.reaper().cutOff(found.key(), found.entry());
          return contents.reaper().reap(progress);
        });
  }

  /**
   * Brings all changes onto the medium.
   *
   * @return the generation that holds them, once it is there
   */
  public long commit() throws IOException, ContainerException {
    return session.changing(() -> session.edits().commit().generation());
  }

  /** Gives free space back, as much as there is until it is stopped. */
  public CompactResult compact(ProgressListener progress) throws IOException, ContainerException {
    return changing(() -> new Compactor(session, progress).compact());
  }

  /** What writing cost so far. */
  public WriteStatistics statistics() {
    return session.statistics();
  }

  // ---- keys

  /** The ways to open this container. */
  public List<SlotInfo> slots() {
    return slots.all();
  }

  /** Adds a passphrase. Slow on purpose. */
  public SlotInfo addPassphrase(Passphrase passphrase, PassphraseCost cost)
      throws IOException, ContainerException {
    return slots.addPassphrase(passphrase, cost);
  }

  /** Adds a recovery key. */
  public SlotInfo addRecoveryKey(RecoveryKey key) throws IOException, ContainerException {
    return slots.addRecoveryKey(key);
  }

  /**
   * Puts another passphrase in place of one. Data and other slots stay as they are; whoever kept an
   * older copy of the container can still open that copy.
   */
  public SlotInfo replacePassphrase(int slot, Passphrase passphrase, PassphraseCost cost)
      throws IOException, ContainerException {
    return slots.replacePassphrase(slot, passphrase, cost);
  }

  /** Takes a way to open away; never the last one. */
  public void removeSlot(int slot) throws IOException, ContainerException {
    slots.remove(slot);
  }

  // ---- facts

  /** Verified facts. */
  public ContainerInfo info() throws IOException, ContainerException {
    return ContainerInfo.of(session, slots());
  }

  /** How long the master key has been in use. */
  public KeyAge keyAge() {
    return KeyAge.of(session.keys().area().masterKeyMade(), session.environment().clock());
  }

  /** The container's id. */
  public String id() {
    return session.keys().area().container().id().toString();
  }

  /** The time by the container's clock, for what is made now. */
  public Instant now() {
    return session.environment().clock().instant();
  }

  /** Commits what is left, and wipes the keys whether that succeeds or not. */
  @Override
  public void close() throws IOException, ContainerException {
    session.close();
  }

  Session session() {
    return session;
  }
}
