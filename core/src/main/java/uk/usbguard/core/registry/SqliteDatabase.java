package uk.usbguard.core.registry;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import uk.usbguard.core.registry.RegisterFailedException.Problem;

/**
 * A register in one SQLite file on a disk of this PC. One connection, used by one thread at a time.
 * Write-ahead log: who reads does not wait for who writes. A commit is on the disk when it returns.
 */
final class SqliteDatabase implements Database {

  /** "UGRG": tells a register from other programs' databases. */
  static final int APPLICATION_ID = 0x55475247;

  /** Takes a table's name. */
  static final String TABLE_EXISTS =
      "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?";

  /** SQLITE_ERROR. */
  private static final int GENERIC_ERROR = 1;

  private static final int CACHE_KIB = 65_536;

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
   * Opens the file, or makes it. A file that holds nothing was a register once and was cut off, or
   * is being made at this moment: only who may make one fills it, and only if no backup could take
   * its place.
   *
   * @param create whether a missing file is made; its folder must be there
   */
  static SqliteDatabase open(Path file, boolean create, Duration patience, SqliteBackups backups)
      throws RegisterFailedException {
    try {
      if (!Files.exists(file)) {
        if (!create) {
          throw new RegisterFailedException(Problem.NOT_FOUND, "no file", null);
        }
        createPrivately(file);
      } else if (!Files.isRegularFile(file)) {
        throw new RegisterFailedException(Problem.NOT_A_REGISTER, "not a file", null);
      }
      boolean fills = create && backups.list().isEmpty();
      if (!fills && !Files.exists(lockFile(file))) {
        refuseEmpty(Files.size(file) == 0); // SQLite would throw its log away
      }
      return connect(file, fills, patience, backups);
    } catch (SQLException e) {
      throw SqlProblems.sqlite(e);
    } catch (IOException e) {
      throw new RegisterFailedException(
          e instanceof NoSuchFileException ? Problem.NOT_FOUND : Problem.NOT_WRITABLE,
          "cannot be made",
          e);
    }
  }

  private static void refuseEmpty(boolean empty) throws RegisterFailedException {
    if (empty) {
      throw new RegisterFailedException(Problem.DAMAGED, "empty", null);
    }
  }

  /** There while tables are made or updated. */
  private static Path lockFile(Path file) {
    return file.resolveSibling(file.getFileName() + ".migration");
  }

  private static SqliteDatabase connect(
      Path file, boolean fills, Duration patience, SqliteBackups backups)
      throws SQLException, IOException, RegisterFailedException {
    SQLiteDataSource source = source(file, patience);
    Connection connection = source.getConnection();
    boolean done = false;
    try {
      migrate(connection, source, file, fills, backups);
      done = true;
      return new SqliteDatabase(file, connection);
    } finally {
      if (!done) {
        connection.close();
      }
    }
  }

  private static SQLiteDataSource source(Path file, Duration patience) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout((int) patience.toMillis());
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.setCacheSize(-CACHE_KIB);
    config.enforceForeignKeys(true);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    return source;
  }

  private static void migrate(
      Connection connection,
      SQLiteDataSource source,
      Path file,
      boolean fills,
      SqliteBackups backups)
      throws SQLException, IOException, RegisterFailedException {
    int found = checkedVersion(connection);
    if (found == Migrations.NEWEST) {
      return;
    }
    // Flyway has no lock for SQLite: two first starts must not both make the tables.
    Path lockFile = lockFile(file);
    refuseEmpty(found == 0 && !fills && !Files.exists(lockFile)); // else they are made just now
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      int version = checkedVersion(connection);
      if (version == Migrations.NEWEST || !lock.isValid()) {
        return;
      }
      refuseEmpty(version == 0 && !fills);
      if (version > 0) {
        backups.make(connection);
      }
      execute(connection, "PRAGMA application_id=" + APPLICATION_ID);
      execute(connection, "PRAGMA journal_mode=WAL");
      Migrations.run(source, "sqlite", Map.of("text", "TEXT", "clustered", "WITHOUT ROWID"));
    } catch (OverlappingFileLockException e) {
      throw new RegisterFailedException(Problem.BUSY, "being made or updated", e);
    } finally {
      Files.deleteIfExists(lockFile);
    }
  }

  private static int checkedVersion(Connection connection)
      throws SQLException, RegisterFailedException {
    long id = number(connection, "PRAGMA application_id");
    boolean empty = number(connection, "SELECT count(*) FROM sqlite_master") == 0;
    if (id != APPLICATION_ID && !(id == 0 && empty)) {
      throw new RegisterFailedException(Problem.NOT_A_REGISTER, "application id " + id, null);
    }
    int version = Migrations.version(connection, TABLE_EXISTS);
    Migrations.refuseNewer(version);
    return version;
  }

  /** For the user only, where the file system can say so. */
  static void createPrivately(Path file) throws IOException {
    FileAttribute<?>[] attributes =
        file.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    try {
      Files.createFile(file, attributes);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      } // else another process was faster: its file is as good
    }
  }

  @Override
  public <T> T read(Work<T> work) throws RegisterFailedException, RegisterRefusedException {
    synchronized (turn) {
      try {
        return work.on(connection);
      } catch (SQLException e) {
        throw SqlProblems.sqlite(e);
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
        throw SqlProblems.sqlite(e);
      } finally {
        endTransaction(connection, saved);
      }
    }
  }

  private static void endTransaction(Connection connection, boolean saved)
      throws RegisterFailedException {
    try {
      if (!saved) {
        ignoringNoTransaction(connection::rollback);
      }
      ignoringNoTransaction(() -> connection.setAutoCommit(true));
    } catch (SQLException e) {
      throw SqlProblems.sqlite(e);
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
        throw SqlProblems.sqlite(e);
      } catch (IOException e) {
        throw new RegisterFailedException(Problem.NOT_WRITABLE, "backup", e);
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
        throw SqlProblems.sqlite(e);
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
