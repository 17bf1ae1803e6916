package uk.usbguard.core.registry;

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
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.LockingMode;
import org.sqlite.SQLiteDataSource;
import uk.usbguard.core.registry.RegisterFailedException.Problem;

/** The file of an SQLite register: makes it, opens it, brings its tables up to date. */
final class SqliteFile {

  /** "UGRG": tells a register from other programs' databases. */
  static final int APPLICATION_ID = 0x55475247;

  /** Takes a table's name. */
  static final String TABLE_EXISTS =
      "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?";

  private static final int CACHE_KIB = 65_536;

  private final Path file;

  /** There while tables are made or updated, and after that failed. */
  private final Path lockFile;

  private final Duration patience;
  private final SqliteBackups backups;

  SqliteFile(Path file, Duration patience, SqliteBackups backups) {
    this.file = file;
    this.lockFile = file.resolveSibling(file.getFileName() + ".migration");
    this.patience = patience;
    this.backups = backups;
  }

  /**
   * Opens the file, or makes it. A file that holds nothing was a register once and was cut off, or
   * is being made at this moment: only who may make one fills it, and only if no backup could take
   * its place. The caller closes the connection.
   *
   * @param create whether a missing file is made; its folder must be there
   */
  Connection open(boolean create) throws RegisterFailedException {
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
      if (!fills && !Files.exists(lockFile)) {
        refuseEmpty(Files.size(file) == 0); // SQLite would throw its log away
      }
      return connect(fills);
    } catch (SQLException e) {
      throw SqlProblems.sqlite(e, file);
    } catch (NoSuchFileException e) {
      throw new RegisterFailedException(Problem.NOT_FOUND, "cannot be made", e);
    } catch (IOException e) {
      throw SqlProblems.file(e, "cannot be made");
    }
  }

  private static void refuseEmpty(boolean empty) throws RegisterFailedException {
    if (empty) {
      throw new RegisterFailedException(Problem.DAMAGED, "empty", null);
    }
  }

  /**
   * On a full disk there is no room for the memory that several processes share to read the log, so
   * there the file is kept to this process, which needs none: what is there can still be read.
   */
  private Connection connect(boolean fills)
      throws SQLException, IOException, RegisterFailedException {
    try {
      return connect(fills, LockingMode.NORMAL);
    } catch (SQLException e) {
      if (SqlProblems.sqlite(e, file).problem() != Problem.FULL) {
        throw e;
      }
      return connect(fills, LockingMode.EXCLUSIVE);
    }
  }

  private Connection connect(boolean fills, LockingMode locking)
      throws SQLException, IOException, RegisterFailedException {
    SQLiteDataSource source = source();
    Connection connection = source.getConnection();
    boolean done = false;
    try {
      // The first of all: the next reads the file, and decides how its log is read.
      SqliteDatabase.execute(connection, "PRAGMA locking_mode=" + locking);
      SqliteDatabase.execute(connection, "PRAGMA synchronous=FULL");
      SqliteDatabase.execute(connection, "PRAGMA cache_size=-" + CACHE_KIB);
      SqliteDatabase.execute(connection, "PRAGMA foreign_keys=ON");
      migrate(connection, source, fills);
      done = true;
      return connection;
    } finally {
      if (!done) {
        connection.close();
      }
    }
  }

  private SQLiteDataSource source() {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout((int) patience.toMillis());
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    return source;
  }

  private void migrate(Connection connection, SQLiteDataSource source, boolean fills)
      throws SQLException, IOException, RegisterFailedException {
    int found = checkedVersion(connection);
    if (found == Migrations.NEWEST) {
      return;
    }
    // Flyway has no lock for SQLite: two first starts must not both make the tables.
    refuseEmpty(found == 0 && !fills && !Files.exists(lockFile)); // else they are made just now
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      int version = checkedVersion(connection);
      if (version < Migrations.NEWEST && lock.isValid()) {
        refuseEmpty(version == 0 && !fills);
        update(connection, source, version);
      }
      // Only by who holds the lock, and only now: whoever waits for it finds nothing left to do.
      Files.deleteIfExists(lockFile);
    } catch (OverlappingFileLockException e) {
      throw new RegisterFailedException(Problem.BUSY, "being made or updated", e);
    }
  }

  private void update(Connection connection, SQLiteDataSource source, int version)
      throws SQLException, IOException, RegisterFailedException {
    if (version > 0) {
      backups.make(connection);
    }
    SqliteDatabase.execute(connection, "PRAGMA application_id=" + APPLICATION_ID);
    SqliteDatabase.execute(connection, "PRAGMA journal_mode=WAL");
    Migrations.run(source, "sqlite", Map.of("text", "TEXT", "clustered", "WITHOUT ROWID"));
  }

  private static int checkedVersion(Connection connection)
      throws SQLException, RegisterFailedException {
    long id = SqliteDatabase.number(connection, "PRAGMA application_id");
    boolean empty = SqliteDatabase.number(connection, "SELECT count(*) FROM sqlite_master") == 0;
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
}
