package uk.usbguard.core.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.audit.AuditEvent;
import uk.usbguard.core.audit.AuditLog;
import uk.usbguard.core.audit.AuditOrigin;
import uk.usbguard.core.audit.AuditReader;
import uk.usbguard.core.audit.AuditResult;
import uk.usbguard.core.audit.AuditSettings;
import uk.usbguard.core.audit.AuditSubject;
import uk.usbguard.core.audit.HeadMemory;
import uk.usbguard.core.audit.LogVerification;
import uk.usbguard.core.signing.KeyFiles;
import uk.usbguard.core.signing.Verifier;

/** What an audit log gives for a report. */
class LogSectionsTest {

  private static final Instant NOW = Instant.parse("2026-11-24T09:30:00Z");
  private static final Instant LAST_YEAR = Instant.parse("2025-11-24T09:30:00Z");
  private static final Provenance HERE =
      new Provenance(NOW, LAST_YEAR, "", "", "", "", "file", "r.db");

  @TempDir private Path temp;

  private void record(Instant time, AuditAction action, AuditResult result, String id)
      throws Exception {
    var settings =
        AuditSettings.of(
            Clock.fixed(time, ZoneOffset.UTC),
            SecureRandom::new,
            new AuditOrigin("ward-5-pc", "nurse", "a.nurse"),
            HeadMemory.NONE);
    try (AuditLog log = AuditLog.open(temp.resolve("log"), settings)) {
      log.record(
          AuditEvent.of(action, result, AuditSubject.of(AuditSubject.Kind.DEVICE).withId(id)));
    }
  }

  private LogSections sections() throws Exception {
    Path log = temp.resolve("log");
    Verifier key = KeyFiles.readPublic(log.resolve("audit.pub"));
    LogFacts facts =
        new LogFacts(
            LogVerification.run(log, key, List.of(), 1),
            key.fingerprint(),
            new AuditReader(log, new SecureRandom()));
    return new LogSections(Optional.of(facts), LogYear.of(facts.events(), HERE, 10), 10);
  }

  @Test
  @DisplayName("AUD-05 USB-13 every override of the year is listed, with who and when; none older")
  void overrides() throws Exception {
    record(LAST_YEAR.minusSeconds(1), AuditAction.DEVICE_GRANT, AuditResult.SUCCEEDED, "OLD");
    record(LAST_YEAR, AuditAction.DEVICE_GRANT, AuditResult.SUCCEEDED, "NHS-1");
    record(NOW, AuditAction.DEVICE_GRANT, AuditResult.DENIED, "NHS-2");
    record(NOW, AuditAction.DEVICE_DECIDE, AuditResult.DENIED, "NHS-3");
    record(NOW, AuditAction.DEVICE_DECIDE, AuditResult.SUCCEEDED, "NHS-4");

    Section section = sections().workarounds();

    assertThat(section.figure("overrides")).contains(Value.number(2));
    assertThat(section.figure("devices-blocked")).contains(Value.number(1));
    assertThat(section.listing("overrides").orElseThrow().rows())
        .containsExactly(
            List.of(
                Value.moment(LAST_YEAR),
                Value.text("NHS-1"),
                Value.text("a.nurse"),
                Value.text("nurse"),
                Value.word("result", "succeeded"),
                new Value.Nothing()),
            List.of(
                Value.moment(NOW),
                Value.text("NHS-2"),
                Value.text("a.nurse"),
                Value.text("nurse"),
                Value.word("result", "denied"),
                new Value.Nothing()));
  }

  @Test
  @DisplayName("AUD-05 what nobody records is not known; what a policy was asked is no block")
  void notRecorded() throws Exception {
    record(NOW, AuditAction.POLICY_EXPLAIN, AuditResult.DENIED, "NHS-1");
    record(NOW, AuditAction.POLICY_EXPLAIN, AuditResult.SUCCEEDED, "NHS-1");

    Section section = sections().workarounds();

    assertThat(section.figure("devices-blocked")).contains(new Value.Nothing());
    assertThat(section.figure("overrides")).contains(new Value.Nothing());
    assertThat(section.figure("policy-said-block")).contains(Value.number(1));
  }

  @Test
  @DisplayName("AUD-05 AUD-06 actions are counted by how they ended, draws of a sample by its seed")
  void counts() throws Exception {
    record(NOW, AuditAction.DEVICE_SAMPLE, AuditResult.SUCCEEDED, "2026-q4");
    record(NOW, AuditAction.DEVICE_SAMPLE, AuditResult.SUCCEEDED, "2026-q4");
    record(NOW, AuditAction.DEVICE_LOST, AuditResult.FAILED, "NHS-1");

    Section admin = sections().admin();
    LogYear year = LogYear.of(new AuditReader(temp.resolve("log"), new SecureRandom()), HERE, 10);

    assertThat(admin.figure("log")).contains(Value.word("log", "sound"));
    assertThat(admin.listing("actions").orElseThrow().rows())
        .containsExactly(row("device-lost", 0, 1, 0), row("device-sample", 2, 0, 0));
    assertThat(year.draws("2026-q4")).isEqualTo(2);
    assertThat(year.draws("other")).isZero();
    assertThat(year.seeds()).isEqualTo(1);
  }

  private static List<Value> row(String action, long succeeded, long failed, long denied) {
    return List.of(
        Value.text(action),
        Value.number(succeeded),
        Value.number(failed),
        Value.number(denied),
        Value.number(0));
  }
}
