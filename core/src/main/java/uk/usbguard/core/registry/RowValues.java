package uk.usbguard.core.registry;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Takes the values of a row, in the order of its columns. */
interface RowValues {

  /** The next value. */
  void text(@Nullable String value) throws SQLException;

  /** The next value. */
  void number(@Nullable Long value) throws SQLException;
}
