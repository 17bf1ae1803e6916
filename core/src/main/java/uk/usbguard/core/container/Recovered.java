package uk.usbguard.core.container;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.error.ContainerException;
import uk.usbguard.core.format.BatchLayout;
import uk.usbguard.core.format.DataPointer;
import uk.usbguard.core.format.DirectoryEntry;
import uk.usbguard.core.format.EntryContent;
import uk.usbguard.core.format.ExtentRun;
import uk.usbguard.core.format.Key;
import uk.usbguard.core.format.ObjectKind;
import uk.usbguard.core.format.Value;
import uk.usbguard.core.index.Index;
import uk.usbguard.core.index.IndexCursor;

/**
 * Gives names in the folder {@value #FOLDER} to what is left of files and folders whose own place
 * in the index is lost: entries that may be out of date, content without a name, folders of which
 * only what is in them is known.
 */
final class Recovered {

  /** The folder's name. */
  static final String FOLDER = "Recovered";

  private final Restoration restoration;
  private final Evidence evidence;
  private final FileMeta meta;
  private final Totals ids;
  private final Index index;
  private final Set<Long> known = new HashSet<>();
  private final Set<Long> orphans = new HashSet<>();
  private final List<String> names = new ArrayList<>();
  private @Nullable Long folder;

  Recovered(Restoration restoration, Evidence evidence, Instant now, Totals ids) {
    this.restoration = restoration;
    this.evidence = evidence;
    this.meta = FileMeta.at(now);
    this.ids = ids;
    this.index = restoration.index();
  }

  /** Does it. */
  void run() throws IOException, ContainerException {
    know();
    entries();
    nameless();
    unmentioned();
  }

  /** Names in the folder, as they were given. */
  List<String> names() {
    return names;
  }

  private void know() throws IOException, ContainerException {
    known.add(Entry.ROOT_ID);
    IndexCursor entries = index.scan(Key.prefix(Key.Kind.ENTRY), Key.prefix(Key.Kind.EXTENT));
    while (entries.advance()) {
      if (entries.value() instanceof DirectoryEntry entry) {
        known.add(entry.objectId());
      }
    }
    IndexCursor ends = index.scan(Key.prefix(Key.Kind.ORPHAN), Key.HIGHEST);
    while (ends.advance()) {
      orphans.add(ends.key().id());
    }
  }

  /** Entries of which it is not known that they were not removed since. */
  private void entries() throws IOException, ContainerException {
    Map<Long, DirectoryEntry> maybe = new TreeMap<>();
    Map<Long, TreeMap<Long, ExtentRun>> runs = new HashMap<>();
    for (Map.Entry<Key, Optional<Value>> fact : evidence.latest().entrySet()) {
      Value value = fact.getValue().orElse(null);
      if (value instanceof DirectoryEntry entry && isNew(entry.objectId())) {
        maybe.put(entry.objectId(), entry);
      } else if (value instanceof ExtentRun run) {
        runs.computeIfAbsent(fact.getKey().id(), id -> new TreeMap<>())
            .put(fact.getKey().extent(), run);
      }
    }
    for (DirectoryEntry entry : maybe.values()) {
      name(entry);
      if (runs.containsKey(entry.objectId())) {
        put(entry.objectId(), runs.get(entry.objectId()));
      }
    }
  }

  private boolean isNew(long objectId) {
    return !known.contains(objectId) && !orphans.contains(objectId);
  }

  private void put(long fileId, Map<Long, ExtentRun> runs) throws IOException, ContainerException {
    for (Map.Entry<Long, ExtentRun> run : runs.entrySet()) {
      long last = run.getKey() + run.getValue().count() - 1;
      Optional<Map.Entry<Key, Value>> below = index.floor(Key.extent(fileId, last));
      boolean taken =
          below.isPresent()
              && below.get().getValue() instanceof ExtentRun there
              && below.get().getKey().id() == fileId
              && below.get().getKey().extent() + there.count() > run.getKey();
      if (!taken) {
        restoration.change(Key.extent(fileId, run.getKey()), Optional.of(run.getValue()));
      }
    }
  }

  /** Content whose file, and entries whose folder has no entry any more. */
  private void nameless() throws IOException, ContainerException {
    Map<Long, Long> sizes = new TreeMap<>();
    Set<Long> folders = new HashSet<>();
    IndexCursor all = index.scan(Key.prefix(Key.Kind.ENTRY), Key.prefix(Key.Kind.BATCH));
    while (all.advance()) {
      long id = all.key().id();
      if (isNew(id) && all.value() instanceof ExtentRun run) {
        sizes.put(id, all.key().extent() * BatchLayout.EXTENT + run.plainLength());
      } else if (isNew(id)) {
        folders.add(id);
      }
    }
    for (Map.Entry<Long, Long> file : sizes.entrySet()) {
      name(entry(ObjectKind.FILE, file.getKey(), EntryContent.extents(file.getValue())));
    }
    for (long id : folders) {
      name(entry(ObjectKind.FOLDER, id, EntryContent.NONE));
    }
  }

  /** Records of an object that nothing else speaks of any more. */
  private void unmentioned() throws IOException, ContainerException {
    for (Map.Entry<Long, NavigableMap<Long, DataPointer>> object : evidence.records().entrySet()) {
      long id = object.getKey();
      if (!isNew(id) || evidence.isMentioned(id)) {
        continue;
      }
      TreeMap<Long, ExtentRun> runs = new TreeMap<>();
      object.getValue().forEach((extent, record) -> runs.put(extent, new ExtentRun(record, 1)));
      Map.Entry<Long, ExtentRun> last = runs.lastEntry();
      long size = last.getKey() * BatchLayout.EXTENT + last.getValue().plainLength();
      name(entry(ObjectKind.FILE, id, EntryContent.extents(size)));
      put(id, runs);
    }
  }

  private DirectoryEntry entry(ObjectKind kind, long id, EntryContent content) {
    String name = (kind == ObjectKind.FILE ? "file-" : "folder-") + id;
    return new DirectoryEntry(kind, name, id, content, meta.attributes(), meta.times());
  }

  private void name(DirectoryEntry entry) throws IOException, ContainerException {
    long parent = folder();
    DirectoryEntry named = entry;
    for (int n = 2; index.get(named.keyIn(parent)).isPresent(); n++) {
      named = entry.withName(entry.name() + " (" + n + ")");
    }
    restoration.change(named.keyIn(parent), Optional.of(named));
    known.add(named.objectId());
    names.add(named.name());
  }

  private long folder() throws IOException, ContainerException {
    Long there = folder;
    if (there != null) {
      return there;
    }
    DirectoryEntry wanted =
        new DirectoryEntry(
            ObjectKind.FOLDER,
            FOLDER,
            ids.takeObjectId(),
            EntryContent.NONE,
            meta.attributes(),
            meta.times());
    DirectoryEntry made = wanted;
    for (int n = 2; index.get(made.keyIn(Entry.ROOT_ID)).isPresent(); n++) {
      made = wanted.withName(FOLDER + " (" + n + ")");
    }
    restoration.change(made.keyIn(Entry.ROOT_ID), Optional.of(made));
    known.add(made.objectId());
    folder = made.objectId();
    return made.objectId();
  }
}
