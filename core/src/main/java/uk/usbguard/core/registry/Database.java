package uk.usbguard.core.registry;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** A database: runs work on a connection, all of it or none. Safe for several threads. */
sealed interface Database extends AutoCloseable permits SqliteDatabase, PostgresDatabase {

  /** What is done with a connection. */
  @FunctionalInterface
  interface Work<T> {
    T on(Connection connection) throws SQLException, RegisterRefusedException;
  }

  /** Reads. Each statement sees what was saved before it began. */
  <T> T read(Work<T> work) throws RegisterFailedException, RegisterRefusedException;

  /**
   * Changes, in one transaction. Where it is not known whether an earlier try was saved, the work
   * is run again: it must see for itself whether it was done already.
   *
   * @param tries at most so often
   */
  <T> T change(Work<T> work, int tries) throws RegisterFailedException, RegisterRefusedException;

  /** What is appended to a SELECT so that nobody else changes the row. */
  String lockClause();

  /**
   * Lets nobody else who claims the same go on until this transaction ends: what is not there yet
   * has no row to lock.
   */
  void claim(Connection connection, String what) throws SQLException;

  /** Lets a statement of this transaction take as long as one that makes an index anew. */
  void allowLongStatements(Connection connection) throws SQLException;

  /** Many new rows at once. Nothing else is done on the connection until they are sent. */
  NewRows newRows(Connection connection, String table, List<String> columns) throws SQLException;

  /**
   * A query by an index for the tags of all entries that may hold the text, which stands as it is
   * compared. Empty if only reading every entry can tell.
   */
  Optional<TextQuery> mayHold(String text);

  /**
   * A query for kind, name and definition of what is better put away while entries are added, and
   * made anew afterwards.
   *
   * @param empty whether the table has no entry yet
   */
  String pausable(boolean empty);

  /**
   * What is done before that is made anew, so that it holds everything.
   *
   * @param empty whether the table had no entry
   */
  List<String> catchUp(boolean empty);

  @Override
  void close() throws RegisterFailedException;
}
