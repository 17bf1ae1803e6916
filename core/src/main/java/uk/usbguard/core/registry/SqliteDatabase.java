package uk.usbguard.core.registry;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A register in one SQLite file on a disk of this PC. One connection, used by one thread at a time.
 * Write-ahead log: who reads does not wait for who writes. A commit is on the disk when it returns.
 */
final class SqliteDatabase implements Database {

  /** SQLITE_ERROR. */
  private static final int GENERIC_ERROR = 1;

  private final Path file;

  /** Held while the connection is used. */
  private final Object turn = new Object();

  @GuardedBy("turn")
  private final Connection connection;

  private SqliteDatabase(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /**
   * Opens the file, or makes it.
   *
   * @param create whether a missing file is made; its folder must be there
   */
  static SqliteDatabase open(Path file, boolean create, Duration patience, SqliteBackups backups)
      throws RegisterFailedException {
    return new SqliteDatabase(file, new SqliteFile(file, patience, backups).open(create));
  }

  @Override
  public <T> T read(Work<T> work) throws RegisterFailedException, RegisterRefusedException {
    synchronized (turn) {
      try {
        return work.on(connection);
      } catch (SQLException e) {
        throw SqlProblems.sqlite(e, file);
      }
    }
  }

  @Override
  public <T> T change(Work<T> work, int tries)
      throws RegisterFailedException, RegisterRefusedException {
    synchronized (turn) {
      boolean saved = false;
      try {
        connection.setAutoCommit(false);
        T result = work.on(connection);
        connection.commit();
        saved = true;
        return result;
      } catch (SQLException e) {
        throw SqlProblems.sqlite(e, file);
      } finally {
        endTransaction(connection, saved);
      }
    }
  }

  private void endTransaction(Connection open, boolean saved) throws RegisterFailedException {
    try {
      if (!saved) {
        ignoringNoTransaction(open::rollback);
      }
      ignoringNoTransaction(() -> open.setAutoCommit(true));
    } catch (SQLException e) {
      throw SqlProblems.sqlite(e, file);
    }
  }

  /** A part of ending a transaction. */
  private interface Ending {
    void run() throws SQLException;
  }

  /**
   * Where it could not begin, or the disk is full, SQLite has ended the transaction itself and says
   * so. The first failure is the one that counts.
   */
  private static void ignoringNoTransaction(Ending ending) throws SQLException {
    try {
      ending.run();
    } catch (SQLException e) {
      if ((e.getErrorCode() & 0xFF) != GENERIC_ERROR) {
        throw e;
      }
    }
  }

  /** Copies what was saved last, if it is time. */
  void backUpIfDue(SqliteBackups backups) throws RegisterFailedException {
    synchronized (turn) {
      try {
        backups.makeIfDue(connection);
      } catch (SQLException e) {
        throw SqlProblems.sqlite(e, file);
      } catch (IOException e) {
        throw SqlProblems.file(e, "backup");
      }
    }
  }

  Path file() {
    return file;
  }

  @Override
  public String lockClause() {
    return ""; // the transaction has begun with the lock of the whole file
  }

  @Override
  public void claim(Connection on, String what) {
    // the transaction has begun with the lock of the whole file
  }

  @Override
  public void allowLongStatements(Connection on) {
    // nobody waits for an answer: the work is done here
  }

  @Override
  public NewRows newRows(Connection on, String table, List<String> columns) throws SQLException {
    return new BatchedRows(on, table, columns);
  }

  @Override
  public Optional<TextQuery> mayHold(String text) {
    return Trigrams.allOf(text)
        .map(
            all ->
                new TextQuery(
                    "SELECT tag_key FROM device_trigram"
                        + " JOIN device_number ON number = device_trigram.rowid"
                        + " WHERE device_trigram MATCH ?",
                    all));
  }

  @Override
  public String pausable(boolean empty) {
    // A trigger that changes a full-text table makes it write a part of its own for every row.
    String always = "(type = 'trigger' AND name = 'device_entered')";
    return "SELECT type, name, sql FROM sqlite_master WHERE tbl_name = 'device'"
        + " AND sql IS NOT NULL AND "
        + (empty ? "(type = 'index' OR " + always + ")" : always);
  }

  @Override
  public List<String> catchUp(boolean empty) {
    // More of the index is sorted in memory before it is written: a third less work (usual: 1 MiB).
    String room = "INSERT INTO device_trigram (device_trigram, rank) VALUES ('hashsize', 16777216)";
    return empty
        ? List.of(
            room,
            "INSERT INTO device_number (number, tag_key) SELECT rowid, tag_key FROM device",
            "INSERT INTO device_trigram (rowid, search_text) SELECT rowid, search_text FROM device")
        : List.of(
            room,
            "CREATE TEMP TABLE unnumbered AS SELECT tag_key FROM device"
                + " WHERE tag_key NOT IN (SELECT tag_key FROM device_number)",
            "INSERT INTO device_number (tag_key) SELECT tag_key FROM unnumbered",
            "INSERT INTO device_trigram (rowid, search_text) SELECT number, search_text"
                + " FROM unnumbered JOIN device_number USING (tag_key) JOIN device USING (tag_key)",
            "DROP TABLE unnumbered");
  }

  @Override
  public void close() throws RegisterFailedException {
    synchronized (turn) {
      try {
        connection.close();
      } catch (SQLException e) {
        throw SqlProblems.sqlite(e, file);
      }
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getLong(1) : 0;
    }
  }
}
