package uk.usbguard.core.registry;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/**
 * New rows by PostgreSQL's COPY, in its text format: tabs between the values, a backslash before
 * what would be taken for anything else. A few hundred rows of an import are some hundred KiB.
 */
final class CopiedRows implements NewRows {

  private final Connection connection;
  private final String command;
  private final StringBuilder rows = new StringBuilder();
  private boolean rowBegun;

  CopiedRows(Connection connection, String table, List<String> columns) {
    this.connection = connection;
    this.command = "COPY " + table + " (" + String.join(", ", columns) + ") FROM STDIN";
  }

  @Override
  public void text(@Nullable String value) {
    beginValue();
    if (value == null) {
      rows.append("\\N");
      return;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> rows.append("\\\\");
        case '\t' -> rows.append("\\t");
        case '\n' -> rows.append("\\n");
        case '\r' -> rows.append("\\r");
        default -> rows.append(c);
      }
    }
  }

  @Override
  public void number(@Nullable Long value) {
    beginValue();
    if (value == null) {
      rows.append("\\N");
    } else {
      rows.append(value.longValue());
    }
  }

  private void beginValue() {
    if (rowBegun) {
      rows.append('\t');
    }
    rowBegun = true;
  }

  @Override
  public void endRow() {
    rows.append('\n');
    rowBegun = false;
  }

  @Override
  public void send() throws SQLException {
    if (rows.length() == 0) {
      return;
    }
    byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
    rows.setLength(0);
    CopyIn copy = new CopyManager(connection.unwrap(BaseConnection.class)).copyIn(command);
    try {
      copy.writeToCopy(bytes, 0, bytes.length);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  @Override
  public void close() {
    rows.setLength(0);
  }
}
