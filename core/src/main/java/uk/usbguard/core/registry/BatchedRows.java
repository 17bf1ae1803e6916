package uk.usbguard.core.registry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** New rows by an INSERT that is prepared once: SQLite has nothing faster. */
final class BatchedRows implements NewRows {

  private final PreparedStatement insert;
  private final StatementValues values;

  BatchedRows(Connection connection, String table, List<String> columns) throws SQLException {
    this.insert = connection.prepareStatement(insert(table, columns));
    this.values = new StatementValues(insert);
  }

  private static String insert(String table, List<String> columns) {
    String marks = String.join(", ", Collections.nCopies(columns.size(), "?"));
    return "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES (" + marks + ")";
  }

  @Override
  public void text(@Nullable String value) throws SQLException {
    values.text(value);
  }

  @Override
  public void number(@Nullable Long value) throws SQLException {
    values.number(value);
  }

  @Override
  public void endRow() throws SQLException {
    insert.addBatch();
    values.restart();
  }

  @Override
  public void send() throws SQLException {
    insert.executeBatch();
  }

  @Override
  public void close() throws SQLException {
    insert.close();
  }
}
