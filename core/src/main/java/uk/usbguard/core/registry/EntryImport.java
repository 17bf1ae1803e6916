package uk.usbguard.core.registry;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uk.usbguard.core.registry.EntrySource.Entry;
import uk.usbguard.core.registry.HistoryTable.Change;

/** One import: batches within one transaction, so memory does not grow with the file. */
final class EntryImport {

  private static final int BATCH = 500;

  /** From here on the database's idea of its own indexes is worth renewing. */
  private static final int MANY = 1_000;

  private final Database database;
  private final Changes changes;
  private final DeviceTable devices;
  private final HistoryTable history = new HistoryTable();

  private long added;
  private long unchanged;
  private long leftOut;
  private long weakSerials;

  EntryImport(Database database, Changes changes, DeviceTable devices) {
    this.database = database;
    this.changes = changes;
    this.devices = devices;
  }

  ImportResult run(EntrySource source, ImportNotes notes, Act act)
      throws IOException, RegisterFailedException, RegisterRefusedException, EntryFormatException {
    try {
      return changes.told(
          Action.IMPORT,
          act,
          "",
          // Once: the file cannot be read a second time. Run again, equal entries are skipped.
          change -> database.change(connection -> take(connection, change, source, notes), 1));
    } catch (UnreadableFile e) {
      if (e.fault instanceof EntryFormatException format) {
        throw format;
      }
      throw (IOException) e.fault;
    }
  }

  private ImportResult take(
      Connection connection, Change change, EntrySource source, ImportNotes notes)
      throws SQLException {
    EntryRules rules = new EntryRules(change.at(), change.act().actor());
    Map<String, Candidate> batch = new LinkedHashMap<>();
    PausedIndexes indexes = PausedIndexes.ifEmpty(connection, database.indexQuery());
    Optional<Entry> next = read(source);
    while (next.isPresent()) {
      Entry entry = next.get();
      String tag = entry.fields().getOrDefault(Field.TAG, "");
      try {
        Device device = rules.accept(entry.fields());
        Set<Field> said = entry.fields().keySet();
        Candidate twin = batch.get(device.tag().key());
        if (twin == null) {
          batch.put(device.tag().key(), new Candidate(entry.line(), device, said));
        } else {
          same(new Candidate(entry.line(), device, said), twin.device(), notes);
        }
      } catch (RegisterRefusedException e) {
        leftOut++;
        notes.leftOut(entry.line(), tag, e);
      }
      next = read(source);
      if (batch.size() == BATCH || (next.isEmpty() && !batch.isEmpty())) {
        store(connection, change, batch, notes);
        batch.clear();
      }
    }
    indexes.resume(connection);
    if (added >= MANY) {
      devices.analyse(connection);
    }
    int shared = devices.shared(connection, "", DeviceRegister.MAX_PAGE).size();
    return new ImportResult(added, unchanged, leftOut, shared, weakSerials);
  }

  /**
   * An entry of the file.
   *
   * @param said which fields the file has; the others were filled in
   */
  private record Candidate(long line, Device device, Set<Field> said) {

    /** Whether the other one is the same in everything that the file says. */
    boolean isSameAs(Device other) {
      Map<Field, String> here = EntryText.write(device);
      Map<Field, String> there = EntryText.write(other);
      for (Field field : EntryRules.FILLED_IN) {
        if (!said.contains(field)) {
          here.remove(field);
          there.remove(field);
        }
      }
      return here.equals(there);
    }
  }

  private void store(
      Connection connection, Change change, Map<String, Candidate> batch, ImportNotes notes)
      throws SQLException {
    Map<String, Device> there = devices.existing(connection, batch.keySet());
    List<Device> fresh = new ArrayList<>(batch.size());
    for (Candidate candidate : batch.values()) {
      Device device = candidate.device();
      Device other = there.get(device.tag().key());
      if (other == null) {
        fresh.add(device);
        if (!device.hardware().identity().serial().quality().isUsable()) {
          weakSerials++;
        }
      } else {
        same(candidate, other, notes);
      }
    }
    if (!fresh.isEmpty()) {
      devices.insert(connection, fresh);
      history.addFirst(connection, change, fresh, "");
      added += fresh.size();
    }
  }

  private void same(Candidate wanted, Device there, ImportNotes notes) {
    if (wanted.isSameAs(there)) {
      unchanged++;
      return;
    }
    leftOut++;
    String tag = wanted.device().tag().text();
    notes.leftOut(wanted.line(), tag, new RegisterRefusedException(Refusal.TAG_TAKEN, tag));
  }

  private static Optional<Entry> read(EntrySource source) {
    try {
      return source.next();
    } catch (IOException | EntryFormatException e) {
      throw new UnreadableFile(e);
    }
  }

  /** Carries a fault of the file through the transaction, which it rolls back. */
  private static final class UnreadableFile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Exception fault;

    UnreadableFile(Exception fault) {
      super(fault);
      this.fault = fault;
    }
  }

  /** What an entry of a file must be. */
  private record EntryRules(Instant now, String actor) {

    /** What a file need not say. */
    static final List<Field> FILLED_IN =
        List.of(Field.REGISTERED_AT, Field.STATE_SINCE, Field.REQUESTED_BY);

    Device accept(Map<Field, String> given) throws RegisterRefusedException {
      Map<Field, String> fields = new EnumMap<>(Field.class);
      for (Map.Entry<Field, String> field : given.entrySet()) {
        String plain = PlainText.optional(field.getKey(), field.getValue());
        if (!plain.isEmpty()) {
          fields.put(field.getKey(), plain);
        }
      }
      fields.putIfAbsent(Field.REGISTERED_AT, now.toString());
      fields.putIfAbsent(Field.STATE_SINCE, now.toString());
      fields.putIfAbsent(Field.REQUESTED_BY, actor);
      return EntryCheck.check(EntryText.read(fields));
    }
  }
}
