package uk.usbguard.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static uk.usbguard.core.registry.Samples.DESK;
import static uk.usbguard.core.registry.Samples.registration;
import static uk.usbguard.core.registry.Samples.tag;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.core.registry.RegisterFailedException.Problem;

/** A register on a real file system of one megabyte that is full. Needs the right to mount. */
class SqliteFullDiskTest {

  @TempDir private Path temp;
  private Path disk;
  private Path file;

  @BeforeEach
  void fill() throws Exception {
    disk = Files.createDirectory(temp.resolve("disk"));
    assumeTrue(does("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()));
    file = disk.resolve("register.db");
    try (DeviceRegister register = open(true)) {
      register.register(registration("NHS-1", "60A44C413FAEF471"), false, DESK);
    }
    fillUp();
  }

  @AfterEach
  void unmount() throws Exception {
    does("umount", disk.toString());
  }

  private static boolean does(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** To the last byte. */
  private void fillUp() {
    byte[] page = new byte[4096];
    assertThatThrownBy(
            () -> {
              while (true) {
                Files.write(
                    disk.resolve("filler"),
                    page,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
              }
            })
        .isInstanceOf(IOException.class);
  }

  private DeviceRegister open(boolean create) throws RegisterFailedException {
    return DeviceRegister.open(
        new RegisterAddress.InFile(file),
        create,
        null,
        new RegisterEnvironment(
            new Samples.TestClock(), RegisterListener.NONE, Duration.ofMillis(200)));
  }

  private static void assertFull(ThrowingCallable deed) {
    assertThatThrownBy(deed)
        .isInstanceOfSatisfying(
            RegisterFailedException.class,
            e -> assertThat(e.problem()).as(e.getMessage()).isEqualTo(Problem.FULL));
  }

  @Test
  @DisplayName("REG-09 on a full disk a change fails as full, and reading goes on")
  void readsOn() throws Exception {
    try (DeviceRegister register = open(false)) {
      assertThat(register.get(tag("NHS-1")).tag().text()).isEqualTo("NHS-1");
      assertFull(() -> register.register(registration("NHS-2", "S1234567890"), false, DESK));
      assertFull(register::backUpIfDue);
      assertThat(register.list(DeviceFilter.ALL, Optional.empty(), 10)).hasSize(1);
      assertThat(register.history(tag("NHS-1"))).hasSize(1);
    }
    Files.delete(disk.resolve("filler"));
    try (DeviceRegister register = open(false)) {
      register.register(registration("NHS-2", "S1234567890"), false, DESK);
    }
  }

  @Test
  @DisplayName("REG-09 a disk that becomes full under an open register: the same")
  void becomesFull() throws Exception {
    Files.delete(disk.resolve("filler"));
    try (DeviceRegister register = open(false)) {
      register.retire(tag("NHS-1"), DESK);
      fillUp();
      assertFull(
          () -> {
            for (int i = 0; i < 100; i++) {
              register.register(registration("T" + i, "S1234567890" + i), false, DESK);
            }
          });
      assertThat(register.list(DeviceFilter.ALL, Optional.empty(), 100)).isNotEmpty();
      assertThat(register.history(tag("NHS-1"))).hasSize(2);
    }
  }

  @Test
  @DisplayName("A register that cannot be made on a full disk says that the disk is full")
  void cannotBeMade() throws Exception {
    file = disk.resolve("another.db");
    assertFull(() -> open(true));
  }
}
