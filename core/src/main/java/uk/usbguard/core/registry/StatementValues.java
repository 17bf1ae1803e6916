package uk.usbguard.core.registry;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** Values for the question marks of a statement, from the first on. */
final class StatementValues implements RowValues {

  private final PreparedStatement statement;
  private int last;

  StatementValues(PreparedStatement statement) {
    this.statement = statement;
  }

  @Override
  public void text(@Nullable String value) throws SQLException {
    statement.setString(++last, value);
  }

  @Override
  public void number(@Nullable Long value) throws SQLException {
    if (value == null) {
      statement.setNull(++last, Types.BIGINT);
    } else {
      statement.setLong(++last, value);
    }
  }

  /** The next value is for the first question mark. */
  void restart() {
    last = 0;
  }
}
