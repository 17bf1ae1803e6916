package uk.usbguard.core.registry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table of changes: one line for each, never altered. */
final class HistoryTable {

  private static final String SELECT =
      "SELECT version, at, actor, action, from_state, to_state, reason, detail FROM history";

  /** What every line of one change has in common. */
  record Change(Instant at, Action action, Act act, String operation) {}

  /** Adds a line; from is empty for a new entry. */
  void add(Connection connection, Change change, String from, DeviceTable.Row after, String detail)
      throws SQLException {
    try (PreparedStatement insert = prepare(connection)) {
      bind(insert, change, from, after, detail);
      insert.executeUpdate();
    }
  }

  /** The first line of many new entries. */
  void addFirst(Connection connection, Change change, List<Device> devices, String detail)
      throws SQLException {
    try (PreparedStatement insert = prepare(connection)) {
      for (Device device : devices) {
        bind(insert, change, "", new DeviceTable.Row(device, 1), detail);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Whether this change was saved. */
  boolean has(Connection connection, String tagKey, String operation) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT 1 FROM history WHERE tag_key = ? AND operation = ?")) {
      query.setString(1, tagKey);
      query.setString(2, operation);
      try (ResultSet found = query.executeQuery()) {
        return found.next();
      }
    }
  }

  /** The newest first. */
  List<HistoryLine> of(Connection connection, String tagKey, int limit) throws SQLException {
    return select(connection, " WHERE tag_key = ? ORDER BY version DESC LIMIT " + limit, tagKey);
  }

  /** The newest line of this kind. */
  Optional<HistoryLine> last(Connection connection, String tagKey, Action action)
      throws SQLException {
    return select(
            connection,
            " WHERE tag_key = ? AND action = ? ORDER BY version DESC LIMIT 1",
            tagKey,
            action.label())
        .stream()
        .findFirst();
  }

  private static PreparedStatement prepare(Connection connection) throws SQLException {
    return connection.prepareStatement(
        "INSERT INTO history (tag_key, version, at, actor, action, from_state, to_state, reason,"
            + " detail, operation) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  }

  private static void bind(
      PreparedStatement insert, Change change, String from, DeviceTable.Row after, String detail)
      throws SQLException {
    insert.setString(1, after.device().tag().key());
    insert.setLong(2, after.version());
    insert.setLong(3, change.at().toEpochMilli());
    insert.setString(4, change.act().actor());
    insert.setString(5, change.action().label());
    insert.setString(6, from.isEmpty() ? null : from);
    insert.setString(7, after.device().state().name().toLowerCase(Locale.ROOT));
    insert.setString(8, change.act().reason());
    insert.setString(9, detail);
    insert.setString(10, change.operation());
  }

  private static List<HistoryLine> select(Connection connection, String where, String... values)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(SELECT + where)) {
      for (int i = 0; i < values.length; i++) {
        query.setString(i + 1, values[i]);
      }
      try (ResultSet found = query.executeQuery()) {
        List<HistoryLine> lines = new ArrayList<>();
        while (found.next()) {
          String from = found.getString(5);
          lines.add(
              new HistoryLine(
                  found.getLong(1),
                  Instant.ofEpochMilli(found.getLong(2)),
                  found.getString(3),
                  found.getString(4),
                  from == null ? "" : from,
                  found.getString(6),
                  found.getString(7),
                  found.getString(8)));
        }
        return lines;
      }
    }
  }
}
