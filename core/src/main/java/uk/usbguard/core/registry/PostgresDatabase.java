package uk.usbguard.core.registry;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import uk.usbguard.core.error.BugException;
import uk.usbguard.core.registry.RegisterFailedException.Problem;

/** A register on a PostgreSQL server, through a small pool. */
final class PostgresDatabase implements Database {

  private static final int CONNECTIONS = 4;

  /** Also finds an index. */
  private static final String TABLE_EXISTS = "SELECT 1 WHERE to_regclass(?) IS NOT NULL";

  private static final Set<String> THIS_PC = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  /** How many times as long as for a connection one waits for an answer on it. */
  private static final int STATEMENT = 6;

  /** What makes an index of a million entries anew answers only when it is done. */
  private static final Duration LONG = Duration.ofMinutes(30);

  private final HikariDataSource pool;

  /** Whether the server could make the index of three-character runs. */
  private final boolean searchIndex;

  private PostgresDatabase(HikariDataSource pool, boolean searchIndex) {
    this.pool = pool;
    this.searchIndex = searchIndex;
  }

  /**
   * Connects, and makes or updates the tables.
   *
   * @param password the caller wipes it; null leaves it to the driver's password file
   */
  static PostgresDatabase open(
      RegisterAddress.OnServer address, char @Nullable [] password, Duration patience)
      throws RegisterFailedException {
    HikariConfig config = new HikariConfig();
    config.setPoolName("usbguard-register");
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(patience.toMillis());
    config.setInitializationFailTimeout(1);
    config.setDataSource(source(address, password, patience, patience.multipliedBy(STATEMENT)));
    try {
      HikariDataSource pool = new HikariDataSource(config);
      return new PostgresDatabase(pool, migrate(pool, source(address, password, patience, LONG)));
    } catch (PoolInitializationException e) {
      if (e.getCause() instanceof SQLException sql) {
        throw SqlProblems.postgres(sql);
      }
      throw new RegisterFailedException(Problem.UNREACHABLE, "no connection", e);
    }
  }

  private static PGSimpleDataSource source(
      RegisterAddress.OnServer address,
      char @Nullable [] password,
      Duration patience,
      Duration forAnswers) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {address.host()});
    source.setPortNumbers(new int[] {address.port()});
    source.setDatabaseName(address.database());
    if (!address.user().isEmpty()) {
      source.setUser(address.user());
    }
    if (password != null) {
      source.setPassword(new String(password)); // the driver takes nothing else
    }
    source.setSslMode(THIS_PC.contains(address.host()) ? "prefer" : "verify-full");
    source.setConnectTimeout(seconds(patience));
    source.setLoginTimeout(seconds(patience));
    source.setSocketTimeout(seconds(forAnswers));
    source.setTcpKeepAlive(true);
    source.setApplicationName("usbguard");
    source.setOptions("-c lock_timeout=" + patience.toMillis() + " -c TimeZone=UTC");
    for (Map.Entry<String, String> option : address.options().entrySet()) {
      try {
        source.setProperty(option.getKey(), option.getValue());
      } catch (SQLException e) {
        throw new BugException("an option that the driver does not know", e);
      }
    }
    return source;
  }

  private static int seconds(Duration time) {
    return (int) Math.max(1, time.toSeconds());
  }

  /** Brings the tables up to date and says whether there is an index to search texts by. */
  private static boolean migrate(HikariDataSource pool, DataSource patient)
      throws RegisterFailedException {
    boolean done = false;
    try {
      int version;
      try (Connection connection = pool.getConnection()) {
        version = Migrations.version(connection, TABLE_EXISTS);
      }
      Migrations.refuseNewer(version);
      if (version < Migrations.NEWEST) {
        Migrations.run(
            patient, "postgresql", Map.of("text", "TEXT COLLATE \"C\"", "clustered", ""));
      }
      boolean searchIndex;
      try (Connection connection = pool.getConnection();
          PreparedStatement query = connection.prepareStatement(TABLE_EXISTS)) {
        query.setString(1, "device_search");
        try (ResultSet found = query.executeQuery()) {
          searchIndex = found.next();
        }
      }
      done = true;
      return searchIndex;
    } catch (SQLException e) {
      throw SqlProblems.postgres(e);
    } finally {
      if (!done) {
        pool.close();
      }
    }
  }

  @Override
  public <T> T read(Work<T> work) throws RegisterFailedException, RegisterRefusedException {
    for (boolean again = false; ; again = true) { // a pooled connection can have died meanwhile
      try (Connection connection = pool.getConnection()) {
        return work.on(connection);
      } catch (SQLException e) {
        if (again || !SqlProblems.isLost(e)) {
          throw SqlProblems.postgres(e);
        }
      }
    }
  }

  @Override
  public <T> T change(Work<T> work, int tries)
      throws RegisterFailedException, RegisterRefusedException {
    boolean unknown = false;
    for (int left = tries; ; left--) {
      boolean committing = false;
      try (Connection connection = pool.getConnection()) {
        connection.setAutoCommit(false); // the pool rolls back what is not committed
        T result = work.on(connection);
        committing = true;
        connection.commit();
        return result;
      } catch (SQLException e) {
        boolean lost = SqlProblems.isLost(e);
        unknown |= lost && committing;
        if (left <= 1 || !(lost || SqlProblems.isWorthAnotherTry(e))) {
          throw unknown
              ? new RegisterFailedException(Problem.OUTCOME_UNKNOWN, "while saving", e)
              : SqlProblems.postgres(e);
        }
      }
    }
  }

  @Override
  public String lockClause() {
    return " FOR UPDATE";
  }

  @Override
  public void claim(Connection connection, String what) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
      lock.setString(1, what);
      lock.executeQuery().close();
    }
  }

  @Override
  public void allowLongStatements(Connection connection) throws SQLException {
    connection.setNetworkTimeout(Runnable::run, (int) LONG.toMillis()); // the pool takes it back
  }

  @Override
  public NewRows newRows(Connection connection, String table, List<String> columns) {
    return new CopiedRows(connection, table, columns);
  }

  @Override
  public Optional<TextQuery> mayHold(String text) {
    return searchIndex && text.length() >= Trigrams.LENGTH
        ? Optional.of(
            new TextQuery(
                "SELECT tag_key FROM device WHERE search_text LIKE ? ESCAPE '!'",
                DeviceTable.likePattern(text)))
        : Optional.empty();
  }

  @Override
  public String pausable(boolean empty) {
    return "SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()"
        + " AND tablename = 'device' AND indexname <> 'device_pkey'"
        + (empty ? "" : " AND false");
  }

  @Override
  public List<String> catchUp(boolean empty) {
    // The usual 64 MB make the index for searches sort on the disk.
    return empty ? List.of("SET LOCAL maintenance_work_mem = '256MB'") : List.of();
  }

  @Override
  public void close() {
    pool.close();
  }
}
