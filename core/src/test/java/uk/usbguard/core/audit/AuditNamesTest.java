package uk.usbguard.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.core.audit.AuditSubject.Kind;

/** What names and claims of devices become in the log. */
class AuditNamesTest {

  @TempDir private Path temp;
  private Path folder;

  @BeforeEach
  void name() {
    folder = temp.resolve("audit");
  }

  @Test
  @DisplayName("AUD-03 a name is in no file of the log, and whoever knows it finds its entries")
  void namesAreHashed() throws Exception {
    String patient = "/media/stick/Smith, John 943 476 5919.docx";
    try (AuditLog log = Logs.open(folder)) {
      log.record(
          AuditEvent.of(
              AuditAction.CONTAINER_STORE,
              AuditResult.SUCCEEDED,
              AuditSubject.of(Kind.FILE).withName(patient)));
      log.record(Logs.event(1));
    }

    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .doesNotContain("Smith")
            .doesNotContain("5919");
      }
    }
    List<AuditRecord> found = new ArrayList<>();
    AuditFilter byName = new AuditFilter(null, null, null, null, Set.of(), patient);
    new AuditReader(folder, new SecureRandom()).read(byName, found::add);
    assertThat(found).hasSize(1);
    assertThat(AuditSubject.of(Kind.FILE).withName(patient).toString()).doesNotContain("Smith");
  }

  @Test
  @DisplayName("AUD-03 two logs hash the same name differently")
  void eachLogHasItsOwnKeyForNames() throws Exception {
    List<String> hashes = new ArrayList<>();
    for (String name : new String[] {"one", "two"}) {
      Path other = temp.resolve(name);
      try (AuditLog log = AuditLog.open(other, Logs.settings(HeadMemory.NONE))) {
        log.record(
            AuditEvent.of(
                AuditAction.MEDIUM_SCAN,
                AuditResult.SUCCEEDED,
                AuditSubject.of(Kind.FILE).withName("same")));
      }
      hashes.add(Logs.events(other).get(0).name());
    }

    assertThat(hashes.get(0)).matches("[0-9a-f]{32}").isNotEqualTo(hashes.get(1));
  }

  @Test
  @DisplayName("AUD-02 what a device claims cannot make a line or steer a terminal")
  void nothingCanBeInjected() throws Exception {
    String hostile = "stick\n0000 {\"seq\":9}\r\u001b[2J\u202egpj\"\\\u0000".repeat(20);
    try (AuditLog log = Logs.open(folder)) {
      log.record(
          AuditEvent.of(
              AuditAction.DEVICE_DECIDE,
              AuditResult.DENIED,
              AuditSubject.of(Kind.DEVICE).withId(hostile)));
    }

    byte[] bytes = Files.readAllBytes(Logs.files(folder).get(0));
    for (byte b : bytes) {
      assertThat(b == '\n' || (b >= ' ' && b < 0x7f)).isTrue();
    }
    assertThat(Logs.lines(Logs.files(folder).get(0))).hasSize(4); // header, event, two checkpoints
    assertThat(Logs.events(folder).get(0).id()).startsWith("stick\n0000").hasSize(128);
    assertThat(Logs.verify(folder).isSound()).isTrue();
  }
}
