package uk.usbguard.core.registry;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Indexes of the entries, put away while many are added and made anew in one go afterwards: that is
 * faster than keeping them in order entry by entry. All within the transaction that adds them, so
 * if that fails they were never away.
 */
final class PausedIndexes {

  private final List<String> catchUp;
  private final List<String> definitions = new ArrayList<>();

  private PausedIndexes(List<String> catchUp) {
    this.catchUp = catchUp;
  }

  /** Puts away what is not worth keeping in order: all of them if the table has no entry. */
  static PausedIndexes of(Database database, Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean empty;
      try (ResultSet any = statement.executeQuery("SELECT 1 FROM device LIMIT 1")) {
        empty = !any.next();
      }
      PausedIndexes paused = new PausedIndexes(database.catchUp(empty));
      List<String> drops = new ArrayList<>();
      try (ResultSet found = statement.executeQuery(database.pausable(empty))) {
        while (found.next()) {
          drops.add("DROP " + found.getString(1) + " " + found.getString(2));
          paused.definitions.add(found.getString(3));
        }
      }
      for (String drop : drops) {
        statement.execute(drop);
      }
      return paused;
    }
  }

  /**
   * Makes them anew.
   *
   * @param added whether there are new entries
   */
  void resume(Connection connection, boolean added) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (added) {
        for (String step : catchUp) {
          statement.execute(step);
        }
      }
      for (String definition : definitions) {
        statement.execute(definition);
      }
    }
  }
}
