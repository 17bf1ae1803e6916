package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.cli.Desk.Result;
import uk.usbguard.core.audit.AuditAction;
import uk.usbguard.core.audit.AuditDecision;
import uk.usbguard.core.audit.AuditEvent;
import uk.usbguard.core.audit.AuditLog;
import uk.usbguard.core.audit.AuditOrigin;
import uk.usbguard.core.audit.AuditResult;
import uk.usbguard.core.audit.AuditSettings;
import uk.usbguard.core.audit.AuditSubject;
import uk.usbguard.core.audit.HeadMemory;

/** policy explain --entry: a decision out of the audit log alone. */
class RecalledDecisionTest {

  private static final String FACTS =
      "shape=storage,state=issued,holder=own,ownership=organisation,"
          + "verdict=verified-encrypted,identity=L3,check-in=8d,user=a.nurse";

  @TempDir private Path temp;
  private Desk desk;

  @BeforeEach
  void sitDown() throws IOException {
    desk = new Desk(temp).at(Clock.fixed(Instant.parse("2026-11-24T09:00:00Z"), ZoneOffset.UTC));
    desk.file(
        "ward.yaml",
        """
        format: 1
        name: ward-4
        version: 7
        contact: Ask Bob
        rules:
          - id: not-seen
            when: {state: issued, check-in: {over: 7d}}
            effect: read-only
            reason: check-in-overdue
            text: Room 12 does it at once.
        """);
  }

  /** The number of the newest entry of an action. */
  private String newest(String action) {
    Result shown = desk.run("audit", "show", "--audit", "log", "--action", action);
    assertThat(shown.code()).as(shown.err()).isZero();
    return shown.out().lines().reduce((first, second) -> second).orElseThrow().split(" ", 2)[0];
  }

  private Result explain(String entry, String... more) {
    String[] words = {"policy", "explain", "--entry", entry, "--audit", "log"};
    return desk.run(
        Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray(String[]::new));
  }

  @Test
  @DisplayName("USB-10 AUD-01 what the log recorded is explained when the policy is gone")
  void explainsWithoutThePolicy() throws IOException {
    Result then = desk.run("policy", "explain", "ward.yaml", "--facts", FACTS, "--audit", "log");
    assertThat(then.code()).as(then.err()).isZero();
    Files.delete(desk.folder.resolve("ward.yaml"));

    Result now = explain(newest("policy-explain"));

    assertThat(now.code()).as(now.err()).isZero();
    assertThat(now.out())
        .startsWith("Entry ")
        .contains("24 Nov 2026", "nurse@ward-5-pc", "policy-explain")
        .endsWith(then.out())
        .contains("Room 12 does it at once.", "Questions: Ask Bob.", "8 days ago")
        .contains("Rule: not-seen of ward-4, version 7; reason check-in-overdue")
        .contains("check-in=691200s");
  }

  @Test
  @DisplayName("the recorded decision as JSON has the same fields, and which entry it is")
  void asJson() {
    Result then =
        desk.run("policy", "explain", "ward.yaml", "--facts", FACTS, "--audit", "log", "--json");
    String entry = newest("policy-explain");

    Result now = explain(entry, "--json");

    String fields = then.out().strip().replace("{\"type\":\"policy-explain\",", "");
    assertThat(now.out().strip())
        .startsWith("{\"type\":\"policy-explain\",\"entry\":" + entry + ",\"time\":\"2026-11-24T")
        .endsWith(fields);
  }

  @Test
  @DisplayName("AUD-04 reading a decision is recorded; a block ends with 80 again")
  void readingIsRecorded() {
    assertThat(
            desk.run(
                    "policy",
                    "explain",
                    "nhs-default",
                    "--facts",
                    "shape=phone-or-camera",
                    "--audit",
                    "log")
                .code())
        .isEqualTo(80);

    assertThat(explain(newest("policy-explain")).code()).isEqualTo(80);
    assertThat(desk.run("audit", "show", "--audit", "log").out().lines().toList())
        .filteredOn(line -> line.contains("audit-show"))
        .hasSize(2);
  }

  @Test
  @DisplayName("an entry that is no decision, or not there, is told")
  void notADecision() throws IOException {
    desk.file("x.img", "x".repeat(9_000));
    desk.run("scan", "x.img", "--audit", "log");

    Result scan = explain(newest("medium-scan"));
    assertThat(scan.code()).isEqualTo(66);
    assertThat(scan.err()).contains("is no decision of a policy");
    Result none = explain("4711");
    assertThat(none.code()).isEqualTo(66);
    assertThat(none.err()).contains("has no entry");
    assertThat(desk.run("policy", "explain", "--entry", "1", "--audit", "none").code())
        .isEqualTo(66);
  }

  @Test
  @DisplayName("a decision that cannot be understood is told, and not shown as another one")
  void notUnderstood() throws Exception {
    AuditSettings settings =
        AuditSettings.of(
            Clock.systemUTC(), SecureRandom::new, new AuditOrigin("pc", "SYSTEM"), HeadMemory.NONE);
    long entry;
    try (AuditLog log = AuditLog.open(desk.folder.resolve("log"), settings)) {
      entry =
          log.record(
              AuditEvent.of(
                      AuditAction.DEVICE_DECIDE,
                      AuditResult.DENIED,
                      AuditSubject.of(AuditSubject.Kind.DEVICE).withId("NHS-1"))
                  .decidedBy(
                      new AuditDecision("ward-4:7", "block", "a", "{\"reason\":\"newer\"}")));
    }

    Result refused = explain(String.valueOf(entry));

    assertThat(refused.code()).isEqualTo(65);
    assertThat(refused.err()).contains("cannot be understood", "usbguard audit verify");
  }

  @Test
  @DisplayName("a policy is named or an entry, not both and not neither")
  void oneOfBoth() {
    assertThat(desk.run("policy", "explain", "ward.yaml", "--entry", "1").code()).isEqualTo(64);
    assertThat(desk.run("policy", "explain").code()).isEqualTo(64);
    assertThat(desk.run("policy", "explain", "--facts", "shape=storage").err())
        .contains("No policy is named.");
    assertThat(desk.run("policy", "explain", "--entry", "1", "--facts", "shape=input").code())
        .isEqualTo(64);
  }
}
