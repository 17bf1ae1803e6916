package uk.usbguard.core.registry;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
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
 */
final class SqliteBackups {

  static final int KEPT = 7;
  private static final Duration EVERY = Duration.ofDays(1);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Pattern NAME = Pattern.compile("(\\d{8}T\\d{6}\\.\\d{3}Z)\\.db");

  private final Path register;
  private final Path folder;
  private final Clock clock;

  SqliteBackups(Path register, Clock clock) {
    this.register = register;
    this.folder = register.resolveSibling(register.getFileName() + ".backups");
    this.clock = clock;
  }

  /** A copy that is there. */
  record Backup(Path file, Instant madeAt) {}

  /** The newest first. */
  List<Backup> list() throws IOException {
    List<Backup> found = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return found;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        var name = NAME.matcher(String.valueOf(file.getFileName()));
        if (name.matches()) {
          time(name.group(1)).ifPresent(madeAt -> found.add(new Backup(file, madeAt)));
        }
      }
    }
    found.sort(Comparator.comparing(Backup::madeAt).reversed());
    return found;
  }

  private static Optional<Instant> time(String stamp) {
    try {
      return Optional.of(STAMP.parse(stamp, Instant::from));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  void makeIfDue(Connection connection) throws SQLException, IOException, RegisterFailedException {
    List<Backup> there = list();
    Instant now = clock.instant();
    if (there.isEmpty()
        || there.get(0).madeAt().isAfter(now)
        || Duration.between(there.get(0).madeAt(), now).compareTo(EVERY) >= 0) {
      make(connection);
    }
  }

  /** Copies what was saved last. */
  Backup make(Connection connection) throws SQLException, IOException, RegisterFailedException {
    Files.createDirectories(folder);
    Instant now = clock.instant();
    Path target = folder.resolve(STAMP.format(now) + ".db");
    Path fresh = folder.resolve(STAMP.format(now) + ".new");
    Files.deleteIfExists(fresh);
    SqliteFile.createPrivately(fresh);
    try {
      try (PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
        copy.setString(1, fresh.toString());
        copy.execute();
      }
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
      Files.delete(old.file());
    }
    return new Backup(target, now);
  }

  /**
   * Puts the newest sound copy, or the given one, in the register's place. What stood there is kept
   * beside it.
   *
   * @throws RegisterFailedException if there is no sound copy; nothing was moved then
   */
  Backup restore(Optional<Path> wanted) throws IOException, RegisterFailedException {
    List<Backup> candidates = new ArrayList<>();
    if (wanted.isPresent()) {
      if (!Files.isRegularFile(wanted.get())) {
        throw new RegisterFailedException(Problem.UNFIT_BACKUP, "missing", null);
      }
      candidates.add(new Backup(wanted.get(), Files.getLastModifiedTime(wanted.get()).toInstant()));
    } else {
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
    try (Connection copy =
            DriverManager.getConnection(
                "jdbc:sqlite:file:" + uriPath(file) + "?mode=ro&immutable=1");
        var check = copy.createStatement();
        var result = check.executeQuery("PRAGMA quick_check(1)")) {
      if (!result.next() || !result.getString(1).equals("ok")) {
        return Optional.of("damaged");
      }
      if (SqliteDatabase.number(copy, "PRAGMA application_id") != SqliteFile.APPLICATION_ID) {
        return Optional.of("foreign");
      }
      int version = Migrations.version(copy, SqliteFile.TABLE_EXISTS);
      return version > Migrations.NEWEST ? Optional.of("newer") : Optional.empty();
    } catch (SQLException e) {
      return Optional.of("unreadable");
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
