package uk.usbguard.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.core.audit.AuditException.Reason;
import uk.usbguard.core.audit.AuditFinding.Kind;

@DisplayName("AUD-02: nothing is acknowledged into a file that has lost its name")
class ReplacedLogTest {

  @TempDir private Path temp;
  private Path folder;

  @BeforeEach
  void name() {
    folder = temp.resolve("audit");
  }

  private List<String> recorded() throws Exception {
    return Logs.events(folder).stream().map(AuditRecord::id).toList();
  }

  private Path last() throws Exception {
    List<Path> files = Logs.files(folder);
    return files.get(files.size() - 1);
  }

  private void replaceBy(Path copy) throws Exception {
    Path fresh = temp.resolve("fresh");
    Files.copy(copy, fresh);
    Files.move(fresh, last(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  @DisplayName("an equal copy in the file's place is gone on with: no event is missing")
  void anEqualCopyIsGoneOnWith() throws Exception {
    try (AuditLog log = Logs.open(folder)) {
      log.record(Logs.event(1));
      replaceBy(last());
      log.record(Logs.event(2));
    }

    assertThat(recorded()).containsExactly("c-1", "c-2");
    assertThat(Logs.verify(folder).findings()).isEmpty();
  }

  @Test
  @DisplayName("an older copy in its place is gone on with, and the log says so for ever")
  void anOlderCopyIsARollBack() throws Exception {
    Path older = temp.resolve("older");
    try (AuditLog log = Logs.open(folder)) {
      log.record(Logs.event(1));
      Files.copy(last(), older);
      log.record(Logs.event(2));
      replaceBy(older);
      log.record(Logs.event(3));
      log.record(Logs.event(4));
    }

    assertThat(recorded()).containsExactly("c-1", "c-3", "c-4");
    assertThat(Logs.verify(folder).findings())
        .extracting(AuditFinding::kind)
        .containsExactly(Kind.ROLLED_BACK);
  }

  @Test
  @DisplayName("entries cut off its end, or all of them, are a roll-back too")
  void aFileCutShortIsARollBack() throws Exception {
    try (AuditLog log = Logs.open(folder)) {
      log.record(Logs.event(1));
      List<String> lines = Logs.lines(last());
      log.record(Logs.event(2));
      Logs.write(last(), lines);
      log.record(Logs.event(3));
    }
    assertThat(recorded()).containsExactly("c-1", "c-3");
    assertThat(Logs.verify(folder).findings())
        .extracting(AuditFinding::kind)
        .containsExactly(Kind.ROLLED_BACK);

    try (AuditLog log = Logs.open(folder)) {
      log.record(Logs.event(4));
      Logs.write(last(), List.of());
      log.record(Logs.event(5));
    }
    assertThat(recorded()).containsExactly("c-5");
    assertThat(Logs.verify(folder).findings())
        .extracting(AuditFinding::kind)
        .containsExactly(Kind.ROLLED_BACK);
  }

  @Test
  @DisplayName("a deleted file, one moved away and one behind a link: whoever records is told")
  void aFileThatIsGoneIsTold() throws Exception {
    AuditLog log = Logs.open(folder);
    log.record(Logs.event(1));
    Path file = last();
    Path away = temp.resolve("away");
    Files.move(file, away);

    assertRefused(log, Reason.NO_LOG);
    Files.createSymbolicLink(file, away);
    assertRefused(log, Reason.NOT_A_FILE);
    assertThatThrownBy(log::close).hasMessageContaining("signed");

    Files.delete(file);
    Files.move(away, file);
    assertThat(recorded()).containsExactly("c-1");
  }

  private static void assertRefused(AuditLog log, Reason reason) {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> log.record(Logs.event(9)))
          .isInstanceOfSatisfying(
              AuditException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
  }

  @Test
  @DisplayName("what came back shorter after it was gone is a roll-back")
  void whatCameBackShorterIsARollBack() throws Exception {
    Path older = temp.resolve("older");
    try (AuditLog log = Logs.open(folder)) {
      log.record(Logs.event(1));
      Path file = last();
      Files.copy(file, older);
      log.record(Logs.event(2));
      Files.delete(file);
      assertRefused(log, Reason.NO_LOG);
      Files.move(older, file);
      log.record(Logs.event(3));
    }

    assertThat(recorded()).containsExactly("c-1", "c-3");
    assertThat(Logs.verify(folder).findings())
        .extracting(AuditFinding::kind)
        .containsExactly(Kind.ROLLED_BACK);
  }

  @Test
  @DisplayName("a file that another program has followed and somebody archived is no finding")
  void anArchivedFileIsNoRollBack() throws Exception {
    try (AuditLog log = Logs.open(folder)) {
      log.record(Logs.event(1));
      Logs.write(folder, HeadMemory.NONE, 20);
      assertThat(Logs.files(folder)).hasSizeGreaterThan(1);
      Files.delete(Logs.files(folder).get(0));
      log.record(Logs.event(21));
    }

    assertThat(recorded()).contains("c-21");
    assertThat(Logs.verify(folder).findings())
        .extracting(AuditFinding::kind)
        .containsExactly(Kind.DELETED);
  }
}
