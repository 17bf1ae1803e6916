package uk.usbguard.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder of a log: whose it is, and what happens if it is not there. */
class AuditFolderTest {

  @TempDir private Path temp;
  private Path folder;

  @BeforeEach
  void name() {
    folder = temp.resolve("audit");
  }

  @Test
  @DisplayName("AUD-04 the log's files are their owner's only")
  void filesAreTheirOwnersOnly() throws Exception {
    org.junit.jupiter.api.Assumptions.assumeTrue(
        temp.getFileSystem().supportedFileAttributeViews().contains("posix"));
    Logs.write(folder, HeadMemory.NONE, 20);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.toList())
          .hasSizeGreaterThan(5)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }

  @Test
  void aLogWithoutItsKeysIsNotBegunAnew() throws Exception {
    Logs.write(folder, HeadMemory.NONE, 1);
    Files.delete(new LogFolder(folder).signingKey());

    assertThatThrownBy(() -> Logs.open(folder))
        .isInstanceOfSatisfying(
            AuditException.class,
            e -> assertThat(e.reason()).isEqualTo(AuditException.Reason.NO_KEY));
  }

  @Test
  void aFullOrMissingFolderIsAnErrorAndNotALoss() throws Exception {
    AuditLog log = Logs.open(folder);
    log.record(Logs.event(1));
    Path moved = temp.resolve("moved");
    Files.move(folder, moved);
    assertThatThrownBy(() -> log.record(Logs.event(2))).isInstanceOf(IOException.class);
    Files.move(moved, folder);
    log.record(Logs.event(3));
    log.close();

    assertThat(Logs.events(folder)).extracting(AuditRecord::id).containsExactly("c-1", "c-3");
    assertThat(Logs.verify(folder).isSound()).isTrue();
    assertThatThrownBy(() -> log.record(Logs.event(4)))
        .isInstanceOfSatisfying(
            AuditException.class,
            e -> assertThat(e.reason()).isEqualTo(AuditException.Reason.CLOSED));
  }
}
