package uk.usbguard.core.registry;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import uk.usbguard.core.registry.RegisterFailedException.Problem;

/**
 * Brings a database to the version that this release needs. Flyway is loaded only when there is
 * something to do.
 */
final class Migrations {

  /** The newest script. */
  static final int NEWEST = 2;

  private static final String TABLE = "register_migration";
  private static final String SCRIPTS = "classpath:uk/usbguard/core/registry/migration/";

  private Migrations() {}

  /**
   * Which version the database has; zero if it is no register yet.
   *
   * @param tableExists a query that gives a row if there is a table of the given name
   */
  static int version(Connection connection, String tableExists) throws SQLException {
    try (var query = connection.prepareStatement(tableExists)) {
      query.setString(1, TABLE);
      try (ResultSet found = query.executeQuery()) {
        if (!found.next()) {
          return 0;
        }
      }
    }
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT version FROM "
                    + TABLE
                    + " WHERE success AND version IS NOT NULL"
                    + " ORDER BY installed_rank DESC LIMIT 1")) {
      return found.next() ? Integer.parseInt(found.getString(1)) : 0;
    }
  }

  /** Refuses a version that only a newer release knows. */
  static void refuseNewer(int version) throws RegisterFailedException {
    if (version > NEWEST) {
      throw new RegisterFailedException(
          Problem.NEWER, "version " + version + ", known are up to " + NEWEST, null);
    }
  }

  /**
   * Runs the scripts that are missing. No telemetry, no network but the database itself.
   *
   * @param database whose own scripts run besides those for both
   */
  static void run(DataSource source, String database, Map<String, String> placeholders)
      throws RegisterFailedException, SQLException {
    try {
      Flyway.configure(Migrations.class.getClassLoader())
          .dataSource(source)
          .locations(SCRIPTS + "both", SCRIPTS + database)
          .table(TABLE)
          .placeholders(placeholders)
          .load()
          .migrate();
    } catch (FlywayException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof SQLException sql) {
          throw sql;
        }
      }
      throw new RegisterFailedException(Problem.OTHER, "migration", e);
    }
  }
}
