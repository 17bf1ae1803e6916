package uk.usbguard.core.registry;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uk.usbguard.core.registry.HistoryTable.Change;
import uk.usbguard.core.registry.ReadEntry.Accepted;
import uk.usbguard.core.registry.ReadEntry.Refused;

/** One import: batches within one transaction, so memory does not grow with the file. */
final class EntryImport {

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

  EntryImport(Database database, Changes changes) {
    this.database = database;
    this.changes = changes;
    this.devices = new DeviceTable(database);
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
    database.allowLongStatements(connection);
    PausedIndexes indexes = PausedIndexes.of(database, connection);
    EntryRules rules =
        new EntryRules(change.at(), change.act().actor(), new SettingTable().read(connection));
    try (EntryBatches batches = EntryBatches.of(source, rules)) {
      List<ReadEntry> batch = read(batches);
      while (!batch.isEmpty()) {
        store(connection, change, accepted(batch, notes), notes);
        batch = read(batches);
      }
    }
    indexes.resume(connection, added > 0);
    if (added >= MANY) {
      devices.analyse(connection);
    }
    long shared = devices.countShared(connection);
    return new ImportResult(added, unchanged, leftOut, shared, weakSerials);
  }

  /** Those that may come in, each tag once. */
  private Map<String, Accepted> accepted(List<ReadEntry> batch, ImportNotes notes) {
    Map<String, Accepted> accepted = new LinkedHashMap<>();
    for (ReadEntry entry : batch) {
      if (entry instanceof Refused refused) {
        leftOut++;
        notes.leftOut(refused.line(), refused.tag(), refused.why());
      } else if (entry instanceof Accepted one) {
        Accepted twin = accepted.putIfAbsent(one.key(), one);
        if (twin != null) {
          same(one, twin.device(), notes);
        }
      }
    }
    return accepted;
  }

  private void store(
      Connection connection, Change change, Map<String, Accepted> batch, ImportNotes notes)
      throws SQLException {
    if (batch.isEmpty()) {
      return;
    }
    Map<String, Device> there = devices.existing(connection, batch.keySet());
    List<Device> fresh = new ArrayList<>(batch.size());
    for (Accepted entry : batch.values()) {
      Device device = entry.device();
      Device other = there.get(entry.key());
      if (other == null) {
        fresh.add(device);
        if (!device.hardware().identity().serial().quality().isUsable()) {
          weakSerials++;
        }
      } else {
        same(entry, other, notes);
      }
    }
    if (!fresh.isEmpty()) {
      try (NewRows rows = database.newRows(connection, DeviceTable.NAME, DeviceColumns.ALL)) {
        devices.insert(rows, fresh);
      }
      try (NewRows rows = database.newRows(connection, HistoryTable.NAME, HistoryTable.COLUMNS)) {
        history.addFirst(rows, change, fresh);
      }
      added += fresh.size();
    }
  }

  private void same(Accepted wanted, Device there, ImportNotes notes) {
    if (wanted.isSameAs(there)) {
      unchanged++;
      return;
    }
    leftOut++;
    String tag = wanted.device().tag().text();
    notes.leftOut(wanted.line(), tag, new RegisterRefusedException(Refusal.TAG_TAKEN, tag));
  }

  private static List<ReadEntry> read(EntryBatches batches) {
    try {
      return batches.next();
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
}
