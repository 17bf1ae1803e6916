package uk.usbguard.core.registry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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

  static final String NAME = "device";

  private static final String SELECT = "SELECT " + DeviceColumns.READ + " FROM device";

  private static final String UPDATE =
      "UPDATE device SET "
          + DeviceColumns.ALL.stream().map(c -> c + " = ?").collect(Collectors.joining(", "))
          + " WHERE tag_key = ? AND version = ?";

  /** More than so many hits of a search are found faster by reading entries in their order. */
  private static final int FEW = 1_000;

  private final Database database;

  DeviceTable(Database database) {
    this.database = database;
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
    return select(connection, " WHERE tag_key = ?" + database.lockClause(), tagKey).stream()
        .findFirst();
  }

  List<Device> byIdentity(Connection connection, String identityKey, int limit)
      throws SQLException {
    return devices(
        select(connection, " WHERE identity_key = ? ORDER BY tag_key LIMIT " + limit, identityKey));
  }

  /** Everything that is entered for this person, in the order of the tags. */
  List<Device> ofOwner(Connection connection, String owner) throws SQLException {
    List<Device> all = new ArrayList<>();
    List<Device> page;
    String after = "";
    do {
      page = page(connection, DeviceFilter.ownedBy(owner), after, RegisterView.MAX_PAGE);
      all.addAll(page);
      after = page.isEmpty() ? after : page.get(page.size() - 1).tag().key();
    } while (page.size() == RegisterView.MAX_PAGE);
    return all;
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

  /** How many such identities there are. */
  long countShared(Connection connection) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT count(*) FROM (SELECT identity_key FROM device"
                    + " WHERE serial_usable = 1 AND state <> 'disposed'"
                    + " GROUP BY identity_key HAVING count(*) > 1) AS shared");
        ResultSet found = query.executeQuery()) {
      return found.next() ? found.getLong(1) : 0;
    }
  }

  /** Entries in the order of their tags, after the given one. */
  List<Device> page(Connection connection, DeviceFilter filter, String afterKey, int limit)
      throws SQLException {
    StringBuilder where = new StringBuilder(" WHERE tag_key > ?");
    List<String> values = new ArrayList<>(List.of(afterKey));
    @Nullable String asked = filter.text();
    String text = asked == null ? "" : PlainText.key(asked);
    if (!PlainText.isPlain(text)) {
      return List.of(); // no entry holds such characters, and a database may not take them
    }
    Optional<List<String>> hits = text.isEmpty() ? Optional.empty() : few(connection, text);
    if (hits.isPresent()) {
      if (hits.get().isEmpty()) {
        return List.of();
      }
      where.append(" AND tag_key IN (").append(marks(hits.get().size())).append(')');
      values.addAll(hits.get());
    }
    equal(where, values, "owner_key", filter.owner());
    equal(where, values, "manager_key", filter.manager());
    equal(where, values, "organisation_key", filter.organisation());
    if (!filter.states().isEmpty()) {
      where.append(" AND state IN (").append(marks(filter.states().size())).append(')');
      filter.states().stream().sorted().map(DeviceTable::label).forEach(values::add);
    }
    if (!text.isEmpty()) {
      where.append(" AND search_text LIKE ? ESCAPE '!'");
      values.add(likePattern(text));
    }
    if (filter.weakSerial()) {
      where.append(" AND serial_usable = 0");
    }
    where.append(" ORDER BY tag_key LIMIT ").append(limit);
    return devices(select(connection, where.toString(), values.toArray(String[]::new)));
  }

  /** The tags of all entries that may hold the text, if an index finds them and they are few. */
  private Optional<List<String>> few(Connection connection, String text) throws SQLException {
    Optional<TextQuery> indexed = database.mayHold(text);
    if (indexed.isEmpty()) {
      return Optional.empty();
    }
    try (PreparedStatement query =
        connection.prepareStatement(indexed.get().sql() + " LIMIT " + (FEW + 1))) {
      query.setString(1, indexed.get().value());
      try (ResultSet found = query.executeQuery()) {
        List<String> tags = new ArrayList<>();
        while (found.next()) {
          tags.add(found.getString(1));
        }
        return tags.size() > FEW ? Optional.empty() : Optional.of(tags);
      }
    }
  }

  /** What LIKE with {@code ESCAPE '!'} takes for a part of a text. */
  static String likePattern(String text) {
    return "%" + text.replaceAll("([!%_])", "!$1") + "%";
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
    try (NewRows rows = new BatchedRows(connection, NAME, DeviceColumns.ALL)) {
      insert(rows, List.of(device));
    }
  }

  void insert(NewRows rows, List<Device> devices) throws SQLException {
    for (Device device : devices) {
      DeviceColumns.write(rows, device, 1);
      rows.endRow();
    }
    rows.send();
  }

  void update(Connection connection, Row before, Device after) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
      StatementValues values = new StatementValues(update);
      DeviceColumns.write(values, after, before.version() + 1);
      values.text(after.tag().key());
      values.number(before.version());
      if (update.executeUpdate() != 1) {
        throw new BugException("a locked row was changed by another");
      }
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
          rows.add(DeviceColumns.read(found));
        }
        return rows;
      }
    }
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
