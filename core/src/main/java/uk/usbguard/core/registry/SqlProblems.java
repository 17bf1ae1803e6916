package uk.usbguard.core.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;
import uk.usbguard.core.error.DiskFull;
import uk.usbguard.core.registry.RegisterFailedException.Problem;

/** What a database's exception means. Its message can hold names and stays out of ours. */
final class SqlProblems {

  /**
   * Everything after which the same transaction may simply be tried again. The last is a tag that
   * somebody else, such as an import, saved since this transaction looked: the next try sees it.
   */
  private static final Set<String> TRY_AGAIN = Set.of("40001", "40P01", "23505");

  /** SQLITE_IOERR_SHMSIZE: the file of the shared memory could not be made as large as needed. */
  private static final int NO_SHARED_MEMORY = 10 | 19 << 8;

  /** The shared memory and some pages of the log, in bytes. */
  private static final long LITTLE_ROOM = 64 << 10;

  private SqlProblems() {}

  /**
   * SQLite's primary result codes: https://www.sqlite.org/rescode.html. Of an I/O error the reason
   * is not known to SQLite where the system says it to the driver of the disk only.
   *
   * @param file the register: whether there is room beside it
   */
  static RegisterFailedException sqlite(SQLException e, Path file) {
    Problem problem =
        switch (e.getErrorCode() & 0xFF) {
          case 10 -> isFull(e, file) ? Problem.FULL : Problem.FAULTY;
          case 5, 6 -> Problem.BUSY;
          case 3, 8, 23 -> Problem.NOT_WRITABLE;
          case 11 -> Problem.DAMAGED;
          case 13 -> Problem.FULL;
          case 14 -> Problem.NOT_FOUND;
          case 26 -> Problem.NOT_A_REGISTER;
          default -> Problem.OTHER;
        };
    return new RegisterFailedException(problem, "SQLite code " + resultCode(e), e);
  }

  /** A file that could not grow: by the code, by a quota too, or because there is no room. */
  private static boolean isFull(SQLException e, Path file) {
    try {
      return resultCode(e) == NO_SHARED_MEMORY
          || Files.getFileStore(file).getUsableSpace() < LITTLE_ROOM;
    } catch (IOException unknown) {
      return false;
    }
  }

  /** With what SQLite knows besides the primary code. */
  private static int resultCode(SQLException e) {
    return e instanceof SQLiteException sqlite ? sqlite.getResultCode().code : e.getErrorCode();
  }

  /** What stands beside a register or is to be one. */
  static RegisterFailedException file(IOException e, String detail) {
    Problem problem = DiskFull.is(e) ? Problem.FULL : Problem.NOT_WRITABLE;
    return new RegisterFailedException(problem, detail, e);
  }

  /** SQLSTATE: appendix A of PostgreSQL's manual. */
  static RegisterFailedException postgres(SQLException e) {
    String state = state(e);
    Problem problem =
        switch (state.substring(0, 2)) {
          case "08" -> Problem.UNREACHABLE;
          case "28" -> Problem.LOGIN_REFUSED;
          case "3D" -> Problem.NOT_FOUND;
          case "23" -> state.equals("23505") ? Problem.BUSY : Problem.OTHER;
          case "40" -> Problem.BUSY;
          case "53" -> state.equals("53100") ? Problem.FULL : Problem.BUSY;
          case "55" -> Problem.BUSY;
          case "57" -> state.equals("57014") ? Problem.BUSY : Problem.UNREACHABLE;
          case "58" -> Problem.UNREACHABLE;
          case "XX" -> Problem.DAMAGED;
          case "25" -> Problem.NOT_WRITABLE;
          default -> state.equals("42501") ? Problem.NOT_WRITABLE : Problem.OTHER;
        };
    return new RegisterFailedException(problem, "SQLSTATE " + state, e);
  }

  /** Whether the connection is gone: with a COMMIT under way nobody knows how it ended. */
  static boolean isLost(SQLException e) {
    String state = state(e);
    return state.startsWith("08") || state.startsWith("57P") || state.startsWith("58");
  }

  /** Whether the database rolled back and suggests another try. */
  static boolean isWorthAnotherTry(SQLException e) {
    return TRY_AGAIN.contains(state(e));
  }

  /** Five characters; the pool wraps the driver's exception. */
  private static String state(SQLException e) {
    @Nullable Throwable cause = e;
    while (cause instanceof SQLException sql) {
      String state = sql.getSQLState();
      if (state != null && state.length() == 5) {
        return state;
      }
      cause = sql.getCause();
    }
    return e instanceof SQLTransientConnectionException ? "08001" : "?????";
  }
}
