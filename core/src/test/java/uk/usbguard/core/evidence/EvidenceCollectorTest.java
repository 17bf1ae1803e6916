package uk.usbguard.core.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.core.registry.Act;
import uk.usbguard.core.registry.CsvSource;
import uk.usbguard.core.registry.DeviceRegister;
import uk.usbguard.core.registry.RegisterFile;

class EvidenceCollectorTest {

  private static final Instant NOW = Instant.parse("2026-11-24T09:30:00Z");
  private static final Act DESK = new Act("desk", "test");
  private static final Provenance HERE =
      new Provenance(
          NOW,
          Instant.parse("2025-11-24T09:30:00Z"),
          "St Elsewhere",
          "ig.lead",
          "usbguard",
          "modules",
          "file",
          "r.db");
  private static final String HEAD =
      "tag,model,serial,owner,manager,organisation,purpose,dataClass,reviewDue,state,"
          + "approvedBy,approvedAt,riskAssessment,wipeMethod,wipeCertificate,wipedBy,wipedAt\n";

  @TempDir private Path folder;
  private DeviceRegister register;

  @BeforeEach
  void open() throws Exception {
    register = RegisterFile.begin(folder, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @AfterEach
  void close() throws Exception {
    register.close();
  }

  private static String row(String tag, String serial, String stateAndMore) {
    return tag
        + ",0951:1666,"
        + serial
        + ",a.nurse,m.anager,St Elsewhere,Carries referral letters to the hospice,patient,"
        + "2027-01-01,"
        + stateAndMore
        + "\n";
  }

  private void enter(String rows) throws Exception {
    enter(HEAD, rows);
  }

  private void enter(String head, String rows) throws Exception {
    CsvSource source =
        new CsvSource(new ByteArrayInputStream((head + rows).getBytes(StandardCharsets.UTF_8)));
    assertThat(register.importFrom(source, (line, tag, why) -> {}, DESK).leftOut()).isZero();
  }

  private EvidencePack pack(ReportKind kind) throws Exception {
    return pack(kind, NOW);
  }

  private EvidencePack pack(ReportKind kind, Instant made) throws Exception {
    Provenance here =
        new Provenance(
            made,
            Instant.parse("2025-11-24T09:30:00Z"),
            "St Elsewhere",
            "ig.lead",
            "usbguard",
            "modules",
            "file",
            "r.db");
    return new EvidenceCollector(register, here, Optional.empty(), Optional.empty()).collect(kind);
  }

  @Test
  @DisplayName("AUD-05 a table of many drives is cut, and says of how many; the counts are of all")
  void cutsTables() throws Exception {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 1_203; i++) {
      rows.append(row("NHS-" + i, "60A44C413F" + (100_000 + i), "requested,,,,,,,"));
    }
    enter(rows.toString());

    Section entries = pack(ReportKind.EVIDENCE).section(SectionKind.REGISTER);

    Listing drives = entries.listing("drives").orElseThrow();
    assertThat(drives.rows()).hasSize(500);
    assertThat(drives.total()).isEqualTo(1_203);
    assertThat(drives.isCut()).isTrue();
    assertThat(entries.figure("entries")).contains(Value.number(1_203));
    assertThat(entries.listing("by-state").orElseThrow().rows().get(0))
        .containsExactly(Value.word("state", "requested"), Value.number(1_203));
  }

  @Test
  @DisplayName("AUD-05 USB-03 drives with one identity are counted and named")
  void sharedIdentities() throws Exception {
    enter(
        row("NHS-1", "60A44C413FAEF471", "requested,,,,,,,")
            + row("NHS-2", "60A44C413FAEF471", "requested,,,,,,,")
            + row("NHS-3", "60A44C413FAEF473", "requested,,,,,,,"));

    Section entries = pack(ReportKind.EVIDENCE).section(SectionKind.REGISTER);

    assertThat(entries.figure("identity-shared")).contains(Value.number(1));
    assertThat(entries.listing("shared-identities").orElseThrow().rows())
        .containsExactly(
            List.of(
                Value.text("0951:1666:60A44C413FAEF471"),
                Value.text("NHS-1, NHS-2"),
                Value.number(2)));
  }

  @Test
  @DisplayName("AUD-05 GOV-02 CHK-03 after a clock was set back all parts say the same of an end")
  void oneRuleForDays() throws Exception {
    String head =
        HEAD.replace(
            "wipeMethod,wipeCertificate,wipedBy,wipedAt",
            "unencryptedApprover,unencryptedRiskAssessment,unencryptedBoardReference,"
                + "unencryptedEnds,stateSince");
    String row =
        row(
            "NHS-1",
            "60A44C413FAEF471",
            "approved,boss,2026-11-20T00:00:00Z,RA-1,boss,RA-1,Board 7,2026-11-20,"
                + "2026-11-21T00:00:00Z");
    enter(head, row);

    for (String made : List.of("2026-11-24T09:30:00Z", "2026-11-19T09:30:00Z")) {
      EvidencePack pack = pack(ReportKind.EVIDENCE, Instant.parse(made));
      assertThat(pack.section(SectionKind.OVERDUE).figure("unencrypted-exception-ended"))
          .as(made)
          .contains(Value.number(1));
      assertThat(pack.section(SectionKind.ENCRYPTION).figure("exceptions-ended"))
          .as(made)
          .contains(Value.number(1));
    }
  }

  @Test
  @DisplayName("AUD-05 disposed of unwiped: only a wipe after the last approval counts as one")
  void unwiped() throws Exception {
    enter(
        row("NEVER-USED", "60A44C413FAEF470", "disposed,,,,,,,")
            + row("UNWIPED", "60A44C413FAEF471", "disposed,boss,2026-01-02T00:00:00Z,RA-1,,,,")
            + row(
                "WIPED-BEFORE",
                "60A44C413FAEF472",
                "disposed,boss,2026-01-02T00:00:00Z,RA-1,erase,C-1,desk,2026-01-01T00:00:00Z")
            + row(
                "WIPED",
                "60A44C413FAEF473",
                "disposed,boss,2026-01-02T00:00:00Z,RA-1,erase,C-1,desk,2026-01-03T00:00:00Z"));

    Section done = pack(ReportKind.EVIDENCE).section(SectionKind.SANITISATION);

    assertThat(done.listing("disposed-without-wipe").orElseThrow().rows())
        .extracting(one -> one.get(0))
        .containsExactly(Value.text("UNWIPED"), Value.text("WIPED-BEFORE"));
  }

  @Test
  @DisplayName("AUD-05 an empty register, without log and policy, is a report that says so")
  void nothing() throws Exception {
    EvidencePack pack = pack(ReportKind.EVIDENCE);

    assertThat(pack.sections()).extracting(Section::kind).containsExactly(SectionKind.values());
    assertThat(pack.section(SectionKind.ADMIN_LOG).figure("log"))
        .contains(Value.word("log", "none"));
    assertThat(pack.section(SectionKind.WORKAROUNDS).figure("overrides"))
        .as("not known, which is not none")
        .contains(new Value.Nothing());
    assertThat(pack.section(SectionKind.ENCRYPTION).figure("with-staff-encrypted"))
        .contains(new Value.Share(0, 0));
    assertThat(pack.section(SectionKind.INCIDENTS).missing()).contains("incidents");
    assertThat(pack(ReportKind.LEAVERS).headlines()).isEmpty();
    assertThatThrownBy(() -> pack(ReportKind.LEAVERS).section(SectionKind.OVERDUE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("AUD-06 what is known of the policy is in the report as it was handed in")
  void policy() throws Exception {
    PolicyFacts facts =
        new PolicyFacts(
            "in-force",
            "SHA256:ab",
            "ward",
            7,
            "St Elsewhere",
            "enforces",
            LocalDate.parse("2026-01-01"),
            "ig.lead",
            LocalDate.parse("2027-01-01"),
            "current");

    EvidencePack pack =
        new EvidenceCollector(register, HERE, Optional.of(facts), Optional.empty())
            .collect(ReportKind.EVIDENCE);

    Section policy = pack.section(SectionKind.POLICY);
    assertThat(policy.figure("policy-version")).contains(Value.number(7));
    assertThat(policy.figure("policy-signature")).contains(Value.word("signature", "genuine"));
    assertThat(policy.figure("policy-review-due"))
        .contains(Value.day(LocalDate.parse("2027-01-01")));
    assertThat(pack.section(SectionKind.OVERDUE).figure("policy-review"))
        .contains(Value.word("review", "current"));
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> new Value.Share(2, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Listing("l", List.of("a"), List.of(List.of()), 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Listing("l", List.of("a"), List.of(List.of(Value.number(1))), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
