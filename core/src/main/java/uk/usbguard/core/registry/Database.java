package uk.usbguard.core.registry;

import java.sql.Connection;
import java.sql.SQLException;

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

  /** A query for name and definition of each index of the entries but that of their key. */
  String indexQuery();

  @Override
  void close() throws RegisterFailedException;
}
