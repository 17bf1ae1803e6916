package uk.usbguard.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.usbguard.core.registry.Samples.DESK;
import static uk.usbguard.core.registry.Samples.registration;
import static uk.usbguard.core.registry.Samples.tag;

import java.io.ByteArrayInputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.core.registry.RegisterFailedException.Problem;

/** A register file that is locked, full, damaged, newer or no register. */
class SqliteTroubleTest {

  @TempDir private Path folder;
  private final Samples.TestClock clock = new Samples.TestClock();
  private Path file;

  @BeforeEach
  void makeRegister() throws Exception {
    file = folder.resolve("register.db");
    try (DeviceRegister register = open(true)) {
      register.register(registration("NHS-1", "60A44C413FAEF471"), false, DESK);
      register.backUpIfDue();
    }
  }

  private RegisterEnvironment environment() {
    return new RegisterEnvironment(clock, RegisterListener.NONE, Duration.ofMillis(50));
  }

  private DeviceRegister open(boolean create) throws RegisterFailedException {
    return DeviceRegister.open(new RegisterAddress.InFile(file), create, null, environment());
  }

  private static void assertFails(Problem problem, ThrowingCallable deed) {
    assertThatThrownBy(deed)
        .isInstanceOfSatisfying(
            RegisterFailedException.class, e -> assertThat(e.problem()).isEqualTo(problem));
  }

  private Connection direct() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  @Test
  @DisplayName("While another process writes, a change fails as busy and reading goes on")
  void locked() throws Exception {
    try (DeviceRegister register = open(false);
        Connection other = direct()) {
      SqliteDatabase.execute(other, "BEGIN IMMEDIATE");
      assertFails(Problem.BUSY, () -> register.retire(tag("NHS-1"), DESK));
      assertThat(register.find(tag("NHS-1"))).isPresent();
      SqliteDatabase.execute(other, "ROLLBACK");
      register.retire(tag("NHS-1"), DESK);
      assertThat(register.history(tag("NHS-1"))).hasSize(2);
    }
  }

  @Test
  @DisplayName("A register that may not grow is full, and an import leaves nothing behind")
  void full() throws Exception {
    StringBuilder csv =
        new StringBuilder("tag,model,owner,manager,organisation,purpose,dataClass,reviewDue\n");
    for (int i = 0; i < 3_000; i++) {
      csv.append("T")
          .append(i)
          .append(",0951:1666,o,m,g,Carries rota plans between sites,business,2027-01-01\n");
    }
    byte[] bytes = csv.toString().getBytes(StandardCharsets.UTF_8);
    SqliteDatabase database =
        SqliteDatabase.open(file, false, Duration.ofSeconds(1), new SqliteBackups(file, clock));
    try (database) {
      database.read(
          connection -> {
            SqliteDatabase.execute(connection, "PRAGMA max_page_count=200");
            return true;
          });
      EntryImport entries = new EntryImport(database, new Changes(database, environment()));
      assertFails(
          Problem.FULL,
          () ->
              entries.run(
                  new CsvSource(new ByteArrayInputStream(bytes)), (line, tag, why) -> {}, DESK));
    }
    try (DeviceRegister register = open(false)) {
      assertThat(register.list(DeviceFilter.ALL, Optional.empty(), 10)).hasSize(1);
    }
  }

  @Test
  @DisplayName("A process that cannot make the tables leaves the lock of the one that makes them")
  void leavesAnothersLock() throws Exception {
    file = folder.resolve("fresh.db");
    Path lockFile = folder.resolve("fresh.db.migration");
    try (FileChannel other =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = other.lock()) {
      assertThat(held.isValid()).isTrue();
      assertFails(Problem.BUSY, () -> open(true));
      assertThat(lockFile).exists();
    }
    open(true).close();
    assertThat(lockFile).doesNotExist();
  }

  @Test
  @DisplayName("A register of a newer release is refused and stays as it is")
  void newer() throws Exception {
    try (Connection other = direct()) {
      SqliteDatabase.execute(
          other,
          "INSERT INTO register_migration (installed_rank, version, description, type, script,"
              + " installed_by, execution_time, success)"
              + " VALUES (99, '99', 'x', 'SQL', 'x', 'x', 1, 1)");
    }
    assertFails(Problem.NEWER, () -> open(true));
  }

  @Test
  @DisplayName("Another program's database and a text are no registers, and are not touched")
  void noRegister() throws Exception {
    file = folder.resolve("other.db");
    try (Connection other = direct()) {
      SqliteDatabase.execute(other, "CREATE TABLE recipes (name TEXT)");
    }
    byte[] before = Files.readAllBytes(file);
    assertFails(Problem.NOT_A_REGISTER, () -> open(true));
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    file = folder.resolve("letter.txt");
    Files.writeString(file, "Dear colleague, ".repeat(500));
    assertFails(Problem.NOT_A_REGISTER, () -> open(true));
    file = folder.resolve("missing.db");
    assertFails(Problem.NOT_FOUND, () -> open(false));
  }

  @Test
  @DisplayName("A damaged register is replaced by the newest backup that is whole, and kept")
  void restores() throws Exception {
    SqliteBackups backups = new SqliteBackups(file, clock);
    clock.advance(Duration.ofDays(1));
    try (DeviceRegister register = open(false)) {
      register.register(registration("NHS-2", "60A44C413FAEF472"), false, DESK);
      register.backUpIfDue();
    }
    List<SqliteBackups.Backup> there = backups.list();
    assertThat(there).hasSize(2);
    byte[] newest = Files.readAllBytes(there.get(0).file());
    Arrays.fill(newest, 4096, 12_288, (byte) 0x5A);
    Files.write(there.get(0).file(), newest);
    Files.write(file, new byte[10_000]);

    DeviceRegister.Restored restored =
        DeviceRegister.restore(file, Optional.empty(), environment());
    assertThat(restored.backup()).isEqualTo(there.get(1).file());
    try (DeviceRegister register = open(false)) {
      assertThat(register.find(tag("NHS-1"))).isPresent();
      assertThat(register.find(tag("NHS-2"))).isEmpty();
    }
    try (var beside = Files.list(folder)) {
      assertThat(beside.map(Path::toString)).anyMatch(name -> name.contains(".damaged-"));
    }
  }

  @Test
  @DisplayName("Of daily backups the last seven are kept")
  void rotates() throws Exception {
    try (DeviceRegister register = open(false)) {
      for (int day = 0; day < 9; day++) {
        clock.advance(Duration.ofDays(1));
        register.backUpIfDue();
        register.backUpIfDue();
      }
    }
    assertThat(new SqliteBackups(file, clock).list()).hasSize(SqliteBackups.KEPT);
  }
}
