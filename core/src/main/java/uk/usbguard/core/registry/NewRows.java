package uk.usbguard.core.registry;

import java.sql.SQLException;

/**
 * New rows of one table, sent together by the fastest way in that the database has. They belong to
 * the transaction of their connection.
 */
interface NewRows extends RowValues, AutoCloseable {

  /** What follows belongs to the next row. */
  void endRow() throws SQLException;

  /** Sends what was not sent yet; throws if the database refuses any of it. */
  void send() throws SQLException;

  /** What was not sent is forgotten. */
  @Override
  void close() throws SQLException;
}
