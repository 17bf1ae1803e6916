package uk.usbguard.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.usbguard.core.registry.Samples.DESK;
import static uk.usbguard.core.registry.Samples.registration;
import static uk.usbguard.core.registry.Samples.tag;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.core.registry.RegisterFailedException.Problem;
import uk.usbguard.core.registry.SqliteBackups.Backup;

@DisplayName("REG-09: backups of a register file, whatever a clock said")
class SqliteBackupsTest {

  private static final Duration FAR = Duration.ofDays(100);

  @TempDir private Path folder;
  private final Samples.TestClock clock = new Samples.TestClock();
  private Path file;
  private int drives;

  @BeforeEach
  void makeRegister() throws Exception {
    file = folder.resolve("register.db");
    use();
  }

  private RegisterEnvironment environment() {
    return new RegisterEnvironment(clock, RegisterListener.NONE, Duration.ofSeconds(10));
  }

  private DeviceRegister open() throws Exception {
    return DeviceRegister.open(new RegisterAddress.InFile(file), true, null, environment());
  }

  /** One command: a drive is entered, and a copy made if one is due. */
  private void use() throws Exception {
    drives++;
    try (DeviceRegister register = open()) {
      register.register(registration("NHS-" + drives, "SER" + drives), false, DESK);
      register.backUpIfDue();
    }
  }

  private void useWithFastClock() throws Exception {
    clock.advance(FAR);
    use();
    clock.advance(FAR.negated());
  }

  private List<Instant> stamps() throws Exception {
    return backups().stream().map(Backup::madeAt).toList();
  }

  private List<Backup> backups() throws Exception {
    return new SqliteBackups(file, clock).list();
  }

  private DeviceRegister.Restored restoreDamaged() throws Exception {
    Files.write(file, new byte[10_000]);
    Files.deleteIfExists(folder.resolve("register.db-wal"));
    return DeviceRegister.restore(file, Optional.empty(), environment());
  }

  @Test
  @DisplayName("after one command with a fast clock there is one copy a day, as before it")
  void aFastClockMakesNoMoreCopies() throws Exception {
    useWithFastClock();
    for (int i = 0; i < 3; i++) {
      clock.advance(Duration.ofMinutes(1));
      use();
    }
    assertThat(backups()).hasSize(2);

    clock.advance(Duration.ofDays(1));
    use();
    use();
    assertThat(backups()).hasSize(3);
    assertThat(stamps().get(0)).isEqualTo(clock.instant());
  }

  @Test
  @DisplayName("a copy that lies in the future is the oldest when seven were made after it")
  void aCopyOfTheFutureIsRotatedOut() throws Exception {
    useWithFastClock();
    Instant future = clock.instant().plus(FAR);
    for (int day = 1; day <= SqliteBackups.KEPT; day++) {
      assertThat(stamps()).contains(future);
      clock.advance(Duration.ofDays(1));
      use();
    }

    assertThat(stamps()).hasSize(SqliteBackups.KEPT).allMatch(at -> !at.isAfter(clock.instant()));
  }

  @Test
  @DisplayName("what was copied last comes back, not what lies in the future")
  void restoresWhatWasCopiedLast() throws Exception {
    useWithFastClock();
    clock.advance(Duration.ofDays(1));
    use();

    DeviceRegister.Restored restored = restoreDamaged();

    assertThat(restored.madeAt()).isEqualTo(clock.instant());
    try (DeviceRegister register = open()) {
      assertThat(register.find(tag("NHS-" + drives))).isPresent();
    }
  }

  @Test
  @DisplayName("of copies by an older release, those that lie in the future come back last")
  void unnumberedCopiesOfTheFutureAreLast() throws Exception {
    useWithFastClock();
    clock.advance(Duration.ofDays(1));
    use();
    for (Backup backup : backups()) {
      try (Connection copy = DriverManager.getConnection("jdbc:sqlite:" + backup.file())) {
        SqliteDatabase.execute(copy, "PRAGMA user_version=0");
      }
    }

    assertThat(restoreDamaged().madeAt()).isEqualTo(clock.instant());
  }

  @Test
  @DisplayName("a sound register gives way to a copy that is named, and to no other")
  void aSoundRegisterStays() throws Exception {
    clock.advance(Duration.ofMinutes(1));
    use();
    Path copy = backups().get(0).file();

    assertThatThrownBy(() -> DeviceRegister.restore(file, Optional.empty(), environment()))
        .isInstanceOfSatisfying(
            RegisterFailedException.class, e -> assertThat(e.problem()).isEqualTo(Problem.SOUND));
    try (DeviceRegister register = open()) {
      assertThat(register.find(tag("NHS-2"))).isPresent();
    }

    DeviceRegister.restore(file, Optional.of(copy), environment());
    try (DeviceRegister register = open()) {
      assertThat(register.find(tag("NHS-2"))).isEmpty();
    }
    Files.delete(file);
    DeviceRegister.restore(file, Optional.empty(), environment());
  }

  @Test
  @DisplayName("a register that another program keeps to itself is busy, and not damaged")
  void aLockedRegisterStays() throws Exception {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      SqliteDatabase.execute(other, "PRAGMA locking_mode=EXCLUSIVE");
      SqliteDatabase.execute(other, "BEGIN EXCLUSIVE");

      assertThatThrownBy(() -> DeviceRegister.restore(file, Optional.empty(), environment()))
          .isInstanceOfSatisfying(
              RegisterFailedException.class, e -> assertThat(e.problem()).isEqualTo(Problem.BUSY));
    }
    try (DeviceRegister register = open()) {
      assertThat(register.find(tag("NHS-1"))).isPresent();
    }
  }
}
