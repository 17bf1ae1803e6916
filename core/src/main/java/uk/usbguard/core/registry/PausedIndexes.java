package uk.usbguard.core.registry;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Indexes of an empty table, taken away while it is filled and made anew in one go afterwards: that
 * is faster than keeping them in order entry by entry. All within the transaction that fills it, so
 * if that fails they were never away.
 */
final class PausedIndexes {

  private final Map<String, String> definitions;

  private PausedIndexes(Map<String, String> definitions) {
    this.definitions = definitions;
  }

  /** Takes them away if the table has no entry; else leaves them as they are. */
  static PausedIndexes ifEmpty(Connection connection, String indexQuery) throws SQLException {
    Map<String, String> definitions = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet any = statement.executeQuery("SELECT 1 FROM device LIMIT 1")) {
        if (any.next()) {
          return new PausedIndexes(definitions);
        }
      }
      try (ResultSet indexes = statement.executeQuery(indexQuery)) {
        while (indexes.next()) {
          definitions.put(indexes.getString(1), indexes.getString(2));
        }
      }
      for (String name : definitions.keySet()) {
        statement.execute("DROP INDEX " + name);
      }
    }
    return new PausedIndexes(definitions);
  }

  /** Makes them anew. */
  void resume(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String definition : definitions.values()) {
        statement.execute(definition);
      }
    }
  }
}
