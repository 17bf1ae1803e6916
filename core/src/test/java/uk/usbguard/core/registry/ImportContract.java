package uk.usbguard.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.usbguard.core.registry.Samples.DESK;
import static uk.usbguard.core.registry.Samples.registration;
import static uk.usbguard.core.registry.Samples.tag;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.usbguard.core.device.DeviceIdentity;
import uk.usbguard.core.device.LifecycleState;

/** What an import does, whatever the database. */
interface ImportContract {

  /** The register of this test. */
  DeviceRegister register();

  /** Its clock. */
  Samples.TestClock clock();

  private ImportResult importOf(byte[] csv) throws Exception {
    return register()
        .importFrom(new CsvSource(new ByteArrayInputStream(csv)), (line, tag, why) -> {}, DESK);
  }

  /** Name and definition of each, as the database has them. */
  List<String> indexes() throws Exception;

  @Test
  @DisplayName("REG-09 an import into an empty register leaves its indexes as they were, or anew")
  default void importKeepsIndexes() throws Exception {
    List<String> before = indexes();
    assertThat(before).hasSizeGreaterThanOrEqualTo(7);
    String row = ",0951:1666,SERIAL0%,o,m,g,Carries rota plans between sites,business,2027-01-01";
    StringBuilder csv =
        new StringBuilder(
            "tag,model,serial,owner,manager,organisation,purpose,dataClass,reviewDue");
    for (int i = 100; i < 1_300; i++) {
      csv.append('\n').append('T').append(i).append(row.replace("%", "" + i));
    }
    byte[] bytes = csv.append("\nT9").toString().getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> importOf(bytes)).isInstanceOf(EntryFormatException.class);
    assertThat(indexes()).isEqualTo(before);
    assertThat(register().list(DeviceFilter.ALL, Optional.empty(), 1)).isEmpty();

    ImportResult result = importOf(Arrays.copyOf(bytes, bytes.length - 3));
    assertThat(result).isEqualTo(new ImportResult(1_200, 0, 0, 0, 0));
    assertThat(indexes()).isEqualTo(before);
    assertThat(register().withIdentity(DeviceIdentity.parse("0951:1666:serial0777"))).hasSize(1);
    clock().advance(Duration.ofHours(1));
    assertThat(importOf(Arrays.copyOf(bytes, bytes.length - 3)))
        .as("equal in everything that the file says")
        .isEqualTo(new ImportResult(0, 1_200, 0, 0, 0));
  }

  /** Entries of one owner, each with a serial number of its own; issued ones with all papers. */
  private static byte[] entries(int from, int to, boolean issued) {
    String papers =
        issued
            ? ",IAR-1,issued,boss,2026-11-02T09:00:00Z,RA-7,A N,Sister,g,2026-11-03,2.1,desk,"
                + "2026-11-03T08:50:00Z,2026-11-03T09:00:00Z"
            : "";
    StringBuilder csv =
        new StringBuilder(
            "tag,model,serial,owner,manager,organisation,purpose,dataClass,reviewDue"
                + (issued
                    ? ",assetReference,state,approvedBy,approvedAt,riskAssessment,signOffName,signOffDesignation,"
                        + "signOffOrganisation,signOffDate,signOffVersion,handoverBy,handoverAt,stateSince"
                    : ""));
    for (int i = from; i < to; i++) {
      csv.append("\nT").append(i).append(",0951:1666,SERIAL0").append(i);
      csv.append(",o.wner,m,g,Carries rota plans between sites,business,2027-01-01").append(papers);
    }
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** What one issued drive of a person's own is refused for, with these fields changed. */
  private List<Refusal> refusedFor(java.util.Map<String, String> changed) throws Exception {
    java.util.Map<String, String> fields = new java.util.LinkedHashMap<>();
    String[] names =
        ("tag,model,serial,owner,manager,organisation,purpose,dataClass,reviewDue,assetReference,"
                + "ownership,state,approvedBy,approvedAt,riskAssessment,signOffName,"
                + "signOffDesignation,signOffOrganisation,signOffDate,signOffVersion,handoverBy,"
                + "handoverAt,stateSince,lastSeen,highestSeen,byodApprover,byodRiskAssessment,"
                + "byodEnds")
            .split(",");
    String[] values =
        ("NHS-1,0951:1666,60A44C413FAEF471,o,m,g,Carries rota plans between sites,business,"
                + "2027-01-01,IAR-1,personal,issued,boss,2026-11-02T09:00:00Z,RA-7,A N,Sister,g,"
                + "2026-11-03,2.1,desk,2026-11-03T08:50:00Z,2026-11-03T09:00:00Z,"
                + "2026-11-20T09:00:00Z,2026-11-20T09:00:00Z,boss,RA-7,2027-11-01")
            .split(",");
    for (int i = 0; i < names.length; i++) {
      fields.put(names[i], values[i]);
    }
    fields.putAll(changed);
    String csv = String.join(",", fields.keySet()) + "\n" + String.join(",", fields.values());
    List<Refusal> refused = new java.util.ArrayList<>();
    register()
        .importFrom(
            new CsvSource(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8))),
            (line, tag, why) -> refused.add(why.refusal()),
            DESK);
    return refused;
  }

  @Test
  @DisplayName("REG-03 nobody brings in what a second person has to decide on for himself")
  default void importOfOnesOwn() throws Exception {
    String exceptions = "byodApprover,byodRiskAssessment,byodEnds";
    for (String who : List.of("desk", "DESK", " De\u017Fk")) {
      assertThat(refusedFor(java.util.Map.of("owner", who)))
          .as(who)
          .containsExactly(Refusal.SELF_IMPORT);
      java.util.Map<String, String> excepted = new java.util.HashMap<>();
      for (String field :
          ("approvedBy,approvedAt,riskAssessment,signOffName,signOffDesignation,"
                  + "signOffOrganisation,signOffDate,signOffVersion,handoverBy,handoverAt,"
                  + "lastSeen,highestSeen")
              .split(",")) {
        excepted.put(field, "");
      }
      excepted.putAll(java.util.Map.of("owner", who, "state", "requested"));
      assertThat(refusedFor(excepted)).as(who).containsExactly(Refusal.SELF_IMPORT);
      for (String field : exceptions.split(",")) {
        excepted.put(field, "");
      }
      excepted.put("tag", "OWN" + who.strip().codePointAt(who.strip().length() - 2));
      assertThat(refusedFor(excepted)).as(who + ", only requested").isEmpty();
    }
  }

  @Test
  @DisplayName("REG-09 an import obeys the rules that every command obeys")
  default void importIsNoWayRound() throws Exception {
    String later = clock().instant().plus(Duration.ofMinutes(6)).toString();
    for (String field :
        List.of("stateSince", "approvedAt", "handoverAt", "registeredAt", "highestSeen")) {
      assertThat(refusedFor(java.util.Map.of(field, later)))
          .as(field)
          .containsExactly(Refusal.IN_FUTURE);
    }
    assertThat(refusedFor(java.util.Map.of("lastSeen", later, "highestSeen", later)))
        .containsExactly(Refusal.IN_FUTURE);
    assertThat(refusedFor(java.util.Map.of("signOffDate", "2099-01-01")))
        .containsExactly(Refusal.IN_FUTURE);
    assertThat(refusedFor(java.util.Map.of("highestSeen", "2026-11-19T09:00:00Z")))
        .containsExactly(Refusal.SEEN_OUT_OF_ORDER);
    assertThat(refusedFor(java.util.Map.of("byodEnds", "2426-01-01")))
        .containsExactly(Refusal.EXCEPTION_TOO_LONG);
    assertThat(refusedFor(java.util.Map.of("assetReference", "")))
        .containsExactly(Refusal.ASSET_REFERENCE_MISSING);
    assertThat(refusedFor(java.util.Map.of("manager", "O"))).containsExactly(Refusal.OWN_MANAGER);
    assertThat(register().find(tag("NHS-1"))).isEmpty();
    String within = clock().instant().plus(Duration.ofMinutes(4)).toString();
    assertThat(refusedFor(java.util.Map.of("lastSeen", within, "highestSeen", within))).isEmpty();
    assertThat(register().find(tag("NHS-1"))).isPresent();
  }

  @Test
  @DisplayName("REG-09 every identity that an import leaves shared is counted, beyond a page too")
  default void countsAllShared() throws Exception {
    StringBuilder csv = new StringBuilder();
    for (int i = 0; i < 1_003; i++) {
      String line = "\nT%d-%d,0951:1666,SERIAL0%d,o,m,g,Carries rota plans,business,2027-01-01";
      csv.append(line.formatted(i, 1, i)).append(line.formatted(i, 2, i));
    }
    String head = "tag,model,serial,owner,manager,organisation,purpose,dataClass,reviewDue";
    byte[] bytes =
        (head + csv.toString().replace("rota plans", "rota plans between sites"))
            .getBytes(StandardCharsets.UTF_8);
    assertThat(importOf(bytes)).isEqualTo(new ImportResult(2_006, 0, 0, 1_003, 0));
  }

  @Test
  @DisplayName("INC-06 a found drive that was imported is not cleared by who imported it")
  default void importerCountsAsFinder() throws Exception {
    String csv =
        "tag,model,serial,owner,manager,organisation,purpose,dataClass,reviewDue,state\n"
            + "NHS-1,0951:1666,60A44C413FAEF471,o,m,g,Carries rota plans between sites,business,"
            + "2027-01-01,found";
    register()
        .importFrom(
            new CsvSource(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8))),
            (line, tag, why) -> {},
            Samples.GOVERNANCE);
    RegisterContract.assertRefused(
        Refusal.FOUND_BY_SAME_PERSON,
        () -> register().clear(tag("NHS-1"), LifecycleState.RETURNED, Samples.GOVERNANCE));
    Act deputy = new Act("ig.deputy", "seal whole");
    assertThat(register().clear(tag("NHS-1"), LifecycleState.RETURNED, deputy).state())
        .isEqualTo(LifecycleState.RETURNED);
  }

  private List<String> search(String text, String after) throws Exception {
    DeviceFilter filter = new DeviceFilter(null, null, null, Set.of(), text, false);
    Optional<AssetTag> afterTag = after.isEmpty() ? Optional.empty() : Optional.of(tag(after));
    return register().list(filter, afterTag, 3).stream().map(d -> d.tag().text()).toList();
  }

  @Test
  @DisplayName("REG-09 what was imported is found by a part of its text, few hits or many")
  default void importIsSearchable() throws Exception {
    importOf(entries(1_000, 2_100, false));
    assertThat(search("ial01077", "")).containsExactly("T1077");
    assertThat(search("rota plans", "")).containsExactly("T1000", "T1001", "T1002");
    assertThat(search("rota plans", "T2097")).containsExactly("T2098", "T2099");
    importOf(entries(2_099, 2_110, false));
    assertThat(search("ial02109", "")).containsExactly("T2109");
    register().register(registration("T3000", "60A44C413FAEF471"), false, DESK);
    assertThat(search("413faef", "")).containsExactly("T3000");
  }

  @Test
  @DisplayName("LEAV-01 a leaver's drives are all suspended, also more than a list holds")
  default void suspendsMoreThanAPage() throws Exception {
    importOf(entries(1_000, 2_050, true));
    importOf(entries(3_000, 3_001, false));
    LeaverReport report = register().leaver("o.wner", DESK);
    assertThat(report.suspended()).hasSize(1_050);
    assertThat(report.devices()).hasSize(1_051);
    assertThat(register().get(tag("T2049")).state()).isEqualTo(LifecycleState.SUSPENDED);
    assertThat(register().leaver("o.wner", DESK).suspended()).isEmpty();
  }
}
