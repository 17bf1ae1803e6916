package uk.usbguard.core.registry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table of changes: one line for each, never altered. */
final class HistoryTable {

  static final String NAME = "history";

  /** Every column, in the order in which a line is written. */
  static final List<String> COLUMNS =
      List.of(
          "tag_key",
          "version",
          "at",
          "actor",
          "action",
          "from_state",
          "to_state",
          "reason",
          "detail",
          "operation");

  private static final String SELECT =
      "SELECT version, at, actor, action, from_state, to_state, reason, detail FROM history";

  /** Under which key stands what was done to the register itself: no tag is empty. */
  static final String REGISTER = "";

  /** What every line of one change has in common. */
  record Change(Instant at, Action action, Act act, String operation) {}

  /** Adds a line; from is empty for a new entry. */
  void add(Connection connection, Change change, String from, DeviceTable.Row after, String detail)
      throws SQLException {
    try (NewRows rows = new BatchedRows(connection, NAME, COLUMNS)) {
      write(rows, change, from, after, detail);
      rows.send();
    }
  }

  /** Adds a line for each thing that the organisation decided anew. */
  void addDecided(Connection connection, Change change, List<SettingChange> changes)
      throws SQLException {
    long version = of(connection, REGISTER, 1).stream().mapToLong(HistoryLine::version).sum();
    try (NewRows rows = new BatchedRows(connection, NAME, COLUMNS)) {
      for (SettingChange one : changes) {
        String label = one.setting().label();
        write(rows, change, REGISTER, ++version, one.from(), one.to(), label);
      }
      rows.send();
    }
  }

  /** The first line of many new entries. */
  void addFirst(NewRows rows, Change change, List<Device> devices) throws SQLException {
    for (Device device : devices) {
      write(rows, change, "", new DeviceTable.Row(device, 1), "");
    }
    rows.send();
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

  /** The newest result of a spot check of this sample. */
  Optional<SpotCheck> lastSpotCheck(Connection connection, String tagKey, SampleSeed seed)
      throws SQLException {
    List<HistoryLine> lines =
        select(
            connection,
            " WHERE tag_key = ? AND action = ? AND detail IN (?, ?, ?)"
                + " ORDER BY version DESC LIMIT 1",
            tagKey,
            Action.SPOT_CHECK.label(),
            SpotCheck.FOUND.detail(seed),
            SpotCheck.MISSING.detail(seed),
            SpotCheck.DIFFERS.detail(seed));
    return lines.stream()
        .flatMap(
            line ->
                Arrays.stream(SpotCheck.values())
                    .filter(one -> one.detail(seed).equals(line.detail())))
        .findFirst();
  }

  /** The newest line of one of these kinds. */
  Optional<HistoryLine> last(Connection connection, String tagKey, Action one, Action other)
      throws SQLException {
    return select(
            connection,
            " WHERE tag_key = ? AND action IN (?, ?) ORDER BY version DESC LIMIT 1",
            tagKey,
            one.label(),
            other.label())
        .stream()
        .findFirst();
  }

  private static void write(
      NewRows rows, Change change, String from, DeviceTable.Row after, String detail)
      throws SQLException {
    String state = after.device().state().name().toLowerCase(Locale.ROOT);
    write(rows, change, after.device().tag().key(), after.version(), from, state, detail);
  }

  private static void write(
      NewRows rows, Change change, String key, long version, String from, String to, String detail)
      throws SQLException {
    rows.text(key);
    rows.number(version);
    rows.number(change.at().toEpochMilli());
    rows.text(change.act().actor());
    rows.text(change.action().label());
    rows.text(from.isEmpty() ? null : from);
    rows.text(to);
    rows.text(change.act().reason());
    rows.text(detail);
    rows.text(change.operation());
    rows.endRow();
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
