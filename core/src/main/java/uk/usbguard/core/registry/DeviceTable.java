package uk.usbguard.core.registry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.usbguard.core.device.LifecycleState;
import uk.usbguard.core.error.BugException;

/** The table of entries: all of its SQL. */
final class DeviceTable {

  private static final List<String> KEYS =
      List.of(
          "tag_key",
          "identity_key",
          "serial_usable",
          "owner_key",
          "manager_key",
          "organisation_key",
          "search_text",
          "version");

  private static final String FIELDS =
      Field.all().stream().map(Field::column).collect(Collectors.joining(", "));

  private static final String SELECT = "SELECT " + FIELDS + ", version FROM device";

  private static final String INSERT =
      "INSERT INTO device ("
          + FIELDS
          + ", "
          + String.join(", ", KEYS)
          + ") VALUES ("
          + marks(Field.all().size() + KEYS.size())
          + ")";

  private static final String UPDATE =
      "UPDATE device SET "
          + Field.all().stream().map(f -> f.column() + " = ?").collect(Collectors.joining(", "))
          + ", "
          + KEYS.stream().map(key -> key + " = ?").collect(Collectors.joining(", "))
          + " WHERE tag_key = ? AND version = ?";

  private final String lockClause;

  DeviceTable(String lockClause) {
    this.lockClause = lockClause;
  }

  /**
   * An entry as it is stored.
   *
   * @param version how often it was changed
   */
  record Row(Device device, long version) {}

  Optional<Row> find(Connection connection, String tagKey) throws SQLException {
    return select(connection, " WHERE tag_key = ?", tagKey).stream().findFirst();
  }

  /** Finds it and keeps others from changing it until the transaction ends. */
  Optional<Row> lock(Connection connection, String tagKey) throws SQLException {
    return select(connection, " WHERE tag_key = ?" + lockClause, tagKey).stream().findFirst();
  }

  List<Device> byIdentity(Connection connection, String identityKey, int limit)
      throws SQLException {
    return devices(
        select(connection, " WHERE identity_key = ? ORDER BY tag_key LIMIT " + limit, identityKey));
  }

  List<Device> byFingerprint(Connection connection, String fingerprint, int limit)
      throws SQLException {
    return devices(
        select(
            connection,
            " WHERE container_fingerprint = ? ORDER BY tag_key LIMIT " + limit,
            fingerprint));
  }

  /** How many entries that are not disposed of have this identity. */
  int countInUse(Connection connection, String identityKey) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT count(*) FROM device WHERE identity_key = ? AND state <> 'disposed'")) {
      query.setString(1, identityKey);
      try (ResultSet found = query.executeQuery()) {
        return found.next() ? found.getInt(1) : 0;
      }
    }
  }

  /** Usable identities that more than one entry in use has, after the given one, in order. */
  List<String> shared(Connection connection, String afterKey, int limit) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT identity_key FROM device"
                + " WHERE identity_key > ? AND serial_usable = 1 AND state <> 'disposed'"
                + " GROUP BY identity_key HAVING count(*) > 1 ORDER BY identity_key LIMIT ?")) {
      query.setString(1, afterKey);
      query.setInt(2, limit);
      try (ResultSet found = query.executeQuery()) {
        List<String> keys = new ArrayList<>();
        while (found.next()) {
          keys.add(found.getString(1));
        }
        return keys;
      }
    }
  }

  /** Entries in the order of their tags, after the given one. */
  List<Device> page(Connection connection, DeviceFilter filter, String afterKey, int limit)
      throws SQLException {
    StringBuilder where = new StringBuilder(" WHERE tag_key > ?");
    List<String> values = new ArrayList<>(List.of(afterKey));
    equal(where, values, "owner_key", filter.owner());
    equal(where, values, "manager_key", filter.manager());
    equal(where, values, "organisation_key", filter.organisation());
    if (!filter.states().isEmpty()) {
      where.append(" AND state IN (").append(marks(filter.states().size())).append(')');
      filter.states().stream().sorted().map(DeviceTable::label).forEach(values::add);
    }
    String text = filter.text();
    if (text != null) {
      where.append(" AND search_text LIKE ? ESCAPE '!'");
      values.add("%" + PlainText.key(text).replaceAll("([!%_])", "!$1") + "%");
    }
    if (filter.weakSerial()) {
      where.append(" AND serial_usable = 0");
    }
    where.append(" ORDER BY tag_key LIMIT ").append(limit);
    return devices(select(connection, where.toString(), values.toArray(String[]::new)));
  }

  /** Those of the keys that are taken, with what has them. */
  Map<String, Device> existing(Connection connection, Collection<String> tagKeys)
      throws SQLException {
    Map<String, Device> found = new HashMap<>();
    String where = " WHERE tag_key IN (" + marks(tagKeys.size()) + ")";
    for (Row row : select(connection, where, tagKeys.toArray(String[]::new))) {
      found.put(row.device().tag().key(), row.device());
    }
    return found;
  }

  /** Lets the database count what is in its indexes: after many entries were added at once. */
  void analyse(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ANALYZE device");
    }
  }

  void insert(Connection connection, Device device) throws SQLException {
    insert(connection, List.of(device));
  }

  void insert(Connection connection, List<Device> devices) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (Device device : devices) {
        bind(insert, device, 1);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  void update(Connection connection, Row before, Device after) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
      int next = bind(update, after, before.version() + 1);
      update.setString(next, after.tag().key());
      update.setLong(next + 1, before.version());
      if (update.executeUpdate() != 1) {
        throw new BugException("a locked row was changed by another");
      }
    }
  }

  private static int bind(PreparedStatement statement, Device device, long version)
      throws SQLException {
    Map<Field, Object> values = EntryValues.of(device);
    int index = 1;
    for (Field field : Field.all()) {
      bind(statement, index++, field.kind(), values.get(field));
    }
    Holder holder = device.holder();
    statement.setString(index++, device.tag().key());
    statement.setString(index++, device.hardware().identity().key());
    statement.setInt(index++, device.hardware().identity().serial().quality().isUsable() ? 1 : 0);
    statement.setString(index++, PlainText.key(holder.owner()));
    statement.setString(index++, PlainText.key(holder.manager()));
    statement.setString(index++, PlainText.key(holder.organisation()));
    statement.setString(index++, searchText(device));
    statement.setLong(index++, version);
    return index;
  }

  private static String searchText(Device device) {
    Holder holder = device.holder();
    return PlainText.key(
        String.join(
            "\u001f", // no search can hold it: nothing is found across two fields
            device.tag().text(),
            device.hardware().identity().key(),
            holder.owner(),
            holder.manager(),
            holder.organisation(),
            device.justification().purpose(),
            device.justification().assetReference()));
  }

  private static void bind(
      PreparedStatement statement, int index, Kind kind, @Nullable Object value)
      throws SQLException {
    if (value == null) {
      statement.setNull(index, kind.sqlType());
      return;
    }
    switch (kind) {
      case TEXT, DATE -> statement.setString(index, value.toString());
      case NUMBER -> statement.setLong(index, (Long) value);
      case INSTANT -> statement.setLong(index, ((Instant) value).toEpochMilli());
      case BOOLEAN -> statement.setInt(index, (Boolean) value ? 1 : 0);
    }
  }

  private static List<Row> select(Connection connection, String where, String... values)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(SELECT + where)) {
      for (int i = 0; i < values.length; i++) {
        query.setString(i + 1, values[i]);
      }
      try (ResultSet found = query.executeQuery()) {
        List<Row> rows = new ArrayList<>();
        while (found.next()) {
          rows.add(read(found));
        }
        return rows;
      }
    }
  }

  private static Row read(ResultSet row) throws SQLException {
    Map<Field, String> values = new EnumMap<>(Field.class);
    int index = 1;
    for (Field field : Field.all()) {
      String value = value(row, index++, field.kind());
      if (value != null) {
        values.put(field, value);
      }
    }
    try {
      return new Row(EntryText.read(values), row.getLong(index));
    } catch (RegisterRefusedException e) {
      // Only with a hand in the database, or damage that SQLite did not notice.
      throw new SQLException("an entry that cannot be read: " + e.getMessage(), "XX001", 11, e);
    }
  }

  private static @Nullable String value(ResultSet row, int index, Kind kind) throws SQLException {
    if (kind == Kind.TEXT || kind == Kind.DATE) {
      return row.getString(index);
    }
    long number = row.getLong(index);
    if (row.wasNull()) {
      return null;
    }
    return switch (kind) {
      case INSTANT -> Instant.ofEpochMilli(number).toString();
      case BOOLEAN -> Boolean.toString(number != 0);
      default -> Long.toString(number);
    };
  }

  private static void equal(
      StringBuilder where, List<String> values, String column, @Nullable String value) {
    if (value != null) {
      where.append(" AND ").append(column).append(" = ?");
      values.add(PlainText.key(value));
    }
  }

  private static String label(LifecycleState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static List<Device> devices(List<Row> rows) {
    return rows.stream().map(Row::device).toList();
  }

  private static String marks(int count) {
    return String.join(", ", Collections.nCopies(count, "?"));
  }
}
