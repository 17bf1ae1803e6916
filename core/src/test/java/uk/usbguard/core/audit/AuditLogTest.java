package uk.usbguard.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.core.audit.AuditSubject.Kind;

/** What an entry says, and how it comes into the log. */
class AuditLogTest {

  @TempDir private Path temp;
  private Path folder;

  @BeforeEach
  void name() {
    folder = temp.resolve("audit");
  }

  @Test
  @DisplayName(
      "AUD-01 an entry says who, where, when, what, how it ended, why and under what policy")
  void anEntrySaysAll() throws Exception {
    try (AuditLog log = Logs.open(folder)) {
      log.record(
          AuditEvent.of(
                  AuditAction.CONTAINER_CREATE,
                  AuditResult.DENIED,
                  AuditSubject.of(Kind.CONTAINER).withId("4711"))
              .onDevice(AuditSubject.of(Kind.DEVICE).withId("NHS-0815"))
              .because("not-registered")
              .decidedBy(
                  new AuditDecision("ward-4:7", "block", "not-in-register", "{\"facts\":{}}")));
    }

    assertThat(Logs.events(folder))
        .containsExactly(
            new AuditRecord(
                3, // behind the header and the first checkpoint
                Instant.parse("2026-11-24T06:00:00Z"),
                "container-create",
                "denied",
                "ward-5-pc",
                "nurse",
                null,
                "container",
                "4711",
                null,
                "NHS-0815",
                null,
                "not-registered",
                "ward-4:7",
                "block",
                "not-in-register",
                "{\"facts\":{}}",
                0));
  }

  @Test
  @DisplayName("AUD-01 an entry says who acted, where that is another person than the account")
  void theActorIsRecorded() throws Exception {
    for (AuditOrigin origin :
        List.of(Logs.ORIGIN.as("boss"), Logs.ORIGIN.as("nurse"), Logs.ORIGIN.as(" "))) {
      AuditSettings plain = Logs.settings(new Logs.Memory());
      AuditSettings settings =
          new AuditSettings(
              plain.clock(),
              plain.random(),
              origin,
              plain.memory(),
              plain.algorithm(),
              plain.limits());
      try (AuditLog log = AuditLog.open(folder, settings)) {
        log.record(Logs.event(1));
      }
    }

    assertThat(Logs.events(folder))
        .extracting(AuditRecord::user, AuditRecord::actor)
        .containsExactly(tuple("nurse", "boss"), tuple("nurse", null), tuple("nurse", null));
    assertThat(Logs.verify(folder).isSound()).isTrue();
  }

  @Test
  @DisplayName("AUD-04 who reads sees what was there before the reading was recorded")
  void readsUpToAnEntry() throws Exception {
    try (AuditLog log = Logs.open(folder)) {
      log.record(Logs.event(1));
      try (AuditScope scope = log.begin(AuditAction.AUDIT_SHOW, AuditSubject.of(Kind.LOG))) {
        List<AuditRecord> seen = new ArrayList<>();
        new AuditReader(folder, new SecureRandom())
            .before(scope.entry())
            .read(AuditFilter.ALL, seen::add);
        scope.succeeded();
        assertThat(seen).extracting(AuditRecord::action).containsExactly("container-store");
      }
    }
    assertThat(Logs.events(folder)).extracting(AuditRecord::action).contains("audit-show");
  }

  @Test
  @DisplayName("AUD-01 a scope that is not told that it succeeded is a failure")
  void aScopeFailsByDefault() throws Exception {
    AuditSubject subject = AuditSubject.of(Kind.CONTAINER);
    try (AuditLog log = Logs.open(folder)) {
      try (AuditScope scope = log.begin(AuditAction.KEY_ADD, subject)) {
        scope.about(subject.withId("known-later"));
        scope.succeeded();
      }
      assertThatThrownBy(
              () -> {
                try (AuditScope scope = log.begin(AuditAction.KEY_REMOVE, subject)) {
                  assertThat(scope).isNotNull();
                  throw new IOException("pulled out");
                }
              })
          .hasMessage("pulled out");
      try (AuditScope scope = log.begin(AuditAction.KEY_REKEY, subject)) {
        scope.denied("key-expired");
      }
      log.begin(AuditAction.DRIVE_ENCRYPT, subject); // and then the process is killed
    }

    assertThat(Logs.events(folder))
        .extracting(event -> event.action() + " " + event.result() + " " + event.reason())
        .containsExactly(
            "key-add succeeded null",
            "key-remove failed not-completed",
            "key-rekey denied key-expired",
            "drive-encrypt unfinished null");
    assertThat(Logs.events(folder).get(0).id()).isEqualTo("known-later");
  }

  @Test
  @DisplayName("AUD-02 the longest entry that can be is one line that is read back")
  void theLongestEntryFits() throws Exception {
    String longest = "\u202e".repeat(500);
    AuditEvent event =
        AuditEvent.of(
                AuditAction.DEVICE_DECIDE,
                AuditResult.DENIED,
                AuditSubject.of(Kind.DEVICE).withId(longest).withName(longest))
            .onDevice(AuditSubject.of(Kind.DEVICE).withId(longest).withName(longest))
            .because("r".repeat(64))
            .decidedBy(
                new AuditDecision(
                    "p".repeat(256),
                    "e".repeat(256),
                    "r".repeat(256),
                    "\"".repeat(AuditDecision.LONGEST_DETAIL)));
    AuditSettings plain = Logs.settings(HeadMemory.NONE);
    AuditSettings settings =
        new AuditSettings(
            plain.clock(),
            plain.random(),
            new AuditOrigin(longest, longest, longest),
            plain.memory(),
            plain.algorithm(),
            plain.limits());
    try (AuditLog log = AuditLog.open(folder, settings)) {
      log.record(event);
    }

    assertThat(Logs.events(folder)).hasSize(1);
    assertThat(Logs.events(folder).get(0).decision()).hasSize(AuditDecision.LONGEST_DETAIL);
    assertThat(Logs.verify(folder).isSound()).isTrue();
  }

  @Test
  @DisplayName("AUD-03 what is no identifier, or could steer a terminal, is no decision")
  void aDecisionHasItsForm() {
    assertThatThrownBy(() -> new AuditDecision("a policy", "block", "r", "{}"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AuditDecision("p:1", "block", "r\n", "{}"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AuditDecision("p:1", "block", "r", "{\u00e9}"))
        .isInstanceOf(IllegalArgumentException.class);
    String tooLong = "x".repeat(AuditDecision.LONGEST_DETAIL + 1);
    assertThatThrownBy(() -> new AuditDecision("p:1", "block", "r", tooLong))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aReasonIsNoSentence() {
    assertThatThrownBy(() -> Logs.event(1).because("John Smith asked"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void manyEventsShareAWrite() throws Exception {
    List<AuditReceipt> receipts = new ArrayList<>();
    try (AuditLog log = Logs.open(folder)) {
      for (int i = 0; i < 3000; i++) {
        receipts.add(log.submit(Logs.event(i)));
      }
      for (AuditReceipt receipt : receipts) {
        assertThat(receipt.await()).isPositive();
      }
    }

    assertThat(Logs.events(folder)).hasSize(3000);
    assertThat(Logs.verify(folder).findings()).isEmpty();
  }
}
