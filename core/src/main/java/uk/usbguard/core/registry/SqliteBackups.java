package uk.usbguard.core.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import uk.usbguard.core.registry.RegisterFailedException.Problem;

/**
 * Copies of an SQLite register, beside it in {@code NAME.backups}. One a day on which something was
 * changed, and one before each update of the tables. A copy counts only after it was read back
 * whole; the oldest beyond seven are removed only then.
 *
 * <p>Which is newer does not depend on any clock: each copy holds its number in the order of
 * making, as SQLite's {@code user_version}. Its name says when it was made by the clock of that
 * time.
 */
final class SqliteBackups {

  static final int KEPT = 7;
  private static final Duration EVERY = Duration.ofDays(1);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Where SQLite's header has the user's number, four bytes, the highest first. */
  private static final int NUMBER_AT = 60;

  private static final int SQLITE_BUSY = 5;

  /** Nobody makes more copies. A damaged header may say more. */
  private static final int LAST_NUMBER = Integer.MAX_VALUE;

  private static final Pattern NAME = Pattern.compile("(\\d{8}T\\d{6}\\.\\d{3}Z)\\.db");

  private final Path register;
  private final Path folder;
  private final Clock clock;

  SqliteBackups(Path register, Clock clock) {
    this.register = register;
    this.folder = register.resolveSibling(register.getFileName() + ".backups");
    this.clock = clock;
  }

  /**
   * A copy that is there.
   *
   * @param madeAt by the clock of that time, which may have been wrong
   * @param number in the order of making; 0 if an older release has made it
   */
  record Backup(Path file, Instant madeAt, int number) {}

  /** The newest first. Of unnumbered ones, those that claim to be of the future come last. */
  List<Backup> list() throws IOException {
    List<Backup> found = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return found;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        var name = NAME.matcher(String.valueOf(file.getFileName()));
        if (name.matches()) {
          Optional<Instant> madeAt = time(name.group(1));
          if (madeAt.isPresent()) {
            found.add(new Backup(file, madeAt.get(), number(file)));
          }
        }
      }
    }
    Instant now = clock.instant();
    found.sort(
        Comparator.comparingInt(Backup::number)
            .thenComparing(backup -> !backup.madeAt().isAfter(now))
            .thenComparing(Backup::madeAt)
            .reversed());
    return found;
  }

  /** Out of the header, which costs no more than a look: this is done at every command. */
  private static int number(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] header = in.readNBytes(NUMBER_AT + Integer.BYTES);
      return header.length < NUMBER_AT + Integer.BYTES
          ? 0
          : Math.max(0, ByteBuffer.wrap(header).getInt(NUMBER_AT));
    } catch (NoSuchFileException e) {
      return 0; // another process has removed it
    }
  }

  private static Optional<Instant> time(String stamp) {
    try {
      return Optional.of(STAMP.parse(stamp, Instant::from));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  void makeIfDue(Connection connection) throws SQLException, IOException, RegisterFailedException {
    Instant now = clock.instant();
    Instant dayBefore = now.minus(EVERY);
    boolean done = false;
    for (Backup backup : list()) {
      // What claims to be of the future says nothing of today.
      done |= backup.madeAt().isAfter(dayBefore) && !backup.madeAt().isAfter(now);
    }
    if (!done) {
      make(connection);
    }
  }

  /** Copies what was saved last. */
  Backup make(Connection connection) throws SQLException, IOException, RegisterFailedException {
    Files.createDirectories(folder);
    Instant now = clock.instant();
    List<Backup> before = list();
    int number = before.isEmpty() ? 1 : Math.min(before.get(0).number(), LAST_NUMBER - 1) + 1;
    Path target = folder.resolve(STAMP.format(now) + ".db");
    Path fresh = folder.resolve(STAMP.format(now) + ".new");
    Files.deleteIfExists(fresh);
    SqliteFile.createPrivately(fresh);
    try {
      try (PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
        copy.setString(1, fresh.toString());
        copy.execute();
      }
      give(fresh, number);
      if (unfit(fresh).isPresent()) {
        throw new RegisterFailedException(Problem.DAMAGED, "the copy", null);
      }
      force(fresh);
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
    List<Backup> all = list();
    for (Backup old : all.subList(Math.min(KEPT, all.size()), all.size())) {
      Files.deleteIfExists(old.file());
    }
    return new Backup(target, now, number);
  }

  private static void give(Path copy, int number) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:file:" + uriPath(copy))) {
      SqliteDatabase.execute(connection, "PRAGMA user_version=" + number);
    }
  }

  /**
   * Puts the newest sound copy, or the given one, in the register's place. What stood there is kept
   * beside it. A register that is sound gives way only to a copy that was named.
   *
   * @throws RegisterFailedException if there is no sound copy, or none is needed; nothing was moved
   *     then
   */
  Backup restore(Optional<Path> wanted) throws IOException, RegisterFailedException {
    List<Backup> candidates = new ArrayList<>();
    if (wanted.isPresent()) {
      if (!Files.isRegularFile(wanted.get())) {
        throw new RegisterFailedException(Problem.UNFIT_BACKUP, "missing", null);
      }
      Instant madeAt = Files.getLastModifiedTime(wanted.get()).toInstant();
      candidates.add(new Backup(wanted.get(), madeAt, 0));
    } else {
      refuseSound();
      candidates.addAll(list());
    }
    Optional<String> unfit = Optional.of("none");
    for (Backup candidate : candidates) {
      unfit = unfit(candidate.file());
      if (unfit.isEmpty()) {
        putInPlace(candidate.file());
        return candidate;
      }
    }
    throw new RegisterFailedException(Problem.UNFIT_BACKUP, unfit.orElse("damaged"), null);
  }

  private void refuseSound() throws RegisterFailedException {
    if (!Files.isRegularFile(register)) {
      return;
    }
    // With its log, which may hold what was saved last.
    Optional<String> unfit = unfit(register, "?mode=ro", "PRAGMA integrity_check(1)");
    if (unfit.equals(Optional.of("busy"))) {
      throw new RegisterFailedException(Problem.BUSY, "looked at before a restore", null);
    }
    if (unfit.isEmpty() || unfit.get().equals("newer")) {
      throw new RegisterFailedException(Problem.SOUND, "no --from", null);
    }
  }

  private void putInPlace(Path backup) throws IOException {
    String stamp = STAMP.format(clock.instant());
    Path fresh = register.resolveSibling(register.getFileName() + ".restoring");
    Files.deleteIfExists(fresh);
    SqliteFile.createPrivately(fresh);
    Files.copy(backup, fresh, StandardCopyOption.REPLACE_EXISTING);
    force(fresh);
    for (String part : List.of("", "-wal", "-shm")) {
      Path old = register.resolveSibling(register.getFileName() + part);
      if (Files.exists(old)) {
        // The log belongs to the old file: beside the new one it would be taken for its own.
        Files.move(
            old, register.resolveSibling(register.getFileName() + ".damaged-" + stamp + part));
      }
    }
    Files.move(fresh, register, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Why a file cannot be a register that this release opens; empty if it can. */
  private static Optional<String> unfit(Path file) {
    return unfit(file, "?mode=ro&immutable=1", "PRAGMA quick_check(1)");
  }

  private static Optional<String> unfit(Path file, String how, String question) {
    try (Connection copy = DriverManager.getConnection("jdbc:sqlite:file:" + uriPath(file) + how);
        var check = copy.createStatement();
        var result = check.executeQuery(question)) {
      if (!result.next() || !result.getString(1).equals("ok")) {
        return Optional.of("damaged");
      }
      if (SqliteDatabase.number(copy, "PRAGMA application_id") != SqliteFile.APPLICATION_ID) {
        return Optional.of("foreign");
      }
      int version = Migrations.version(copy, SqliteFile.TABLE_EXISTS);
      return version > Migrations.NEWEST ? Optional.of("newer") : Optional.empty();
    } catch (SQLException e) {
      return Optional.of((e.getErrorCode() & 0xFF) == SQLITE_BUSY ? "busy" : "unreadable");
    }
  }

  private static String uriPath(Path file) {
    return file.toUri().getRawPath();
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
