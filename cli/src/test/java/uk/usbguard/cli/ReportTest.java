package uk.usbguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import uk.usbguard.cli.Desk.Result;
import uk.usbguard.cli.text.BuildVersion;

/**
 * report evidence, leavers, overdue, of the register in evidence/register.csv. What is expected
 * stands in evidence/golden, written by hand.
 */
class ReportTest {

  private static final String RESOURCES = "/uk/usbguard/cli/evidence/";

  @TempDir private Path temp;
  private Desk desk;
  private RegisterDesk register;

  @BeforeEach
  void fillTheRegister() throws IOException {
    desk = new Desk(temp);
    register = new RegisterDesk(desk);
    at("09:00");
    register.init("--without-asset-reference"); // NHS-3 was issued then
    desk.file("register.csv", resource("register.csv"));
    register.ok("device", "import", "register.csv");
    register.init("--asset-reference-needed", "--reason", "as before", "--yes");
    at("09:10");
    register.ok("device", "leaver", "c.clerk", "--reason", "leaves");
    at("09:20");
    spotCheck("NHS-1", "found");
    spotCheck("NHS-5", "missing");
    at("09:30");
  }

  private void at(String time) {
    desk.at(Clock.fixed(Instant.parse("2026-11-24T" + time + ":00Z"), ZoneOffset.UTC));
  }

  private void spotCheck(String tag, String result) {
    register.ok(
        "device",
        "spot-check",
        tag,
        "--sample",
        "2026-q4",
        "--result",
        result,
        "--reason",
        "a round");
  }

  private Result report(String kind, String to, String... more) {
    List<String> words = new ArrayList<>(List.of("report", kind, "--to", to, "--as", "ig.lead"));
    words.addAll(List.of(more));
    return register.run(words.toArray(String[]::new));
  }

  private String ok(String kind, String to, String... more) {
    Result result = report(kind, to, more);
    assertThat(result.code()).as(result.err()).isZero();
    return result.out();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = ReportTest.class.getResourceAsStream(RESOURCES + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String golden(String name) throws IOException {
    return resource("golden/" + name)
        .replace("{program}", BuildVersion.text())
        .replace("{modules}", Desk.modules());
  }

  private static String text(Path pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf.toFile())) {
      return new PDFTextStripper().getText(document);
    }
  }

  private static Document parsed(String html) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  @DisplayName("AUD-05 GOV-02 the evidence as CSV is what follows from the register, file by file")
  void csv() throws IOException {
    ok("evidence", "pack", "--format", "csv");

    TreeSet<String> names = new TreeSet<>();
    try (var files = Files.list(desk.folder.resolve("pack"))) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    }
    for (String name : names) {
      String expected = name.equals("summary.csv") ? summary() : golden("csv/" + name);
      assertThat(desk.text("pack/" + name)).as(name).isEqualTo(expected.replace("\n", "\r\n"));
    }
    assertThat(names)
        .containsExactly(
            "by-data-class.csv",
            "by-identity-level.csv",
            "by-ownership.csv",
            "by-proof.csv",
            "by-state.csv",
            "disposed-without-wipe.csv",
            "drives.csv",
            "leavers-drives.csv",
            "lost-drives.csv",
            "overdue-drives.csv",
            "overrides.csv",
            "personal-drives.csv",
            "samples.csv",
            "shared-identities.csv",
            "summary.csv",
            "unencrypted-exceptions.csv",
            "unproven-drives.csv");
  }

  /** The modules' names have commas: their cell is quoted. */
  private static String summary() throws IOException {
    String modules = Desk.modules();
    return golden("csv/summary.csv").replace("," + modules + "\n", ",\"" + modules + "\"\n");
  }

  @Test
  @DisplayName("LEAV-01 the report of leavers as HTML is the page that was written by hand")
  void html() throws IOException {
    ok("leavers", "leavers.html");

    assertThat(desk.text("leavers.html").replaceFirst("(?s)<style>.*</style>", "<style></style>"))
        .isEqualTo(golden("leavers.html"));
  }

  @Test
  @DisplayName("AUD-05 HTML and PDF say of each drive, exception and date what the CSV says")
  void sameInEveryFormat() throws Exception {
    ok("evidence", "pack.html");
    ok("evidence", "pack.pdf");

    String page = parsed(desk.text("pack.html")).getDocumentElement().getTextContent();
    String pdf = text(desk.folder.resolve("pack.pdf")).replaceAll("\\s+", " ");
    for (String words : List.of(page, pdf)) {
      assertThat(words)
          .contains("Removable media: evidence pack", "St Elsewhere", "24 November 2026, 09:30")
          .contains("DSPT 1.1.2", "DSPT 1.3.2", "DSPT 4.2.4", "DSPT 4.4.1", "DSPT 5.1.1")
          .contains("DSPT 6.1.1-6.1.3", "DSPT 9.5.2", "CAF B3.d", "CAF B3.e")
          .contains("1 of 4 (25.0 %)", "Board 2026-17", "31 December 2026", "10 November 2026")
          .contains("NHS-1", "NHS-2", "NHS-3", "NHS-4", "NHS-5", "NHS-6", "NHS-7", "NHS-8")
          .contains("18 November 2026, 08:15", "s.iro", "e.x-owner", "signature under the present")
          .contains("are not kept by this program")
          .doesNotContain("null", "{0}", "evidence.");
    }
    assertThat(pdf).contains("page 1 of ");
  }

  @Test
  @DisplayName("AUD-05 the page runs nothing and fetches nothing")
  void runsNothing() throws Exception {
    ok("evidence", "pack.html");

    String html = desk.text("pack.html");
    assertThat(html)
        .contains("default-src 'none'")
        .doesNotContain("<script", "<link", "<img", "http://", "https://", "url(", "@import");
    Document page = parsed(html);
    assertThat(page.getElementsByTagName("h1").getLength()).isEqualTo(1);
    for (String cell : List.of("th")) {
      var all = page.getElementsByTagName(cell);
      for (int i = 0; i < all.getLength(); i++) {
        assertThat(all.item(i).getAttributes().getNamedItem("scope").getNodeValue())
            .isIn("row", "col");
      }
    }
  }

  @Test
  @DisplayName("AUD-05 overdue names what, since when and whose, and warns of no policy")
  void overdue() throws Exception {
    String out = ok("overdue", "overdue.html");

    assertThat(out)
        .startsWith("overdue.html written: 1 file.")
        .contains("Drives with something overdue: 1");
    assertThat(parsed(desk.text("overdue.html")).getDocumentElement().getTextContent())
        .contains("not seen: locked", "15 November 2026", "b.porter", "no policy known here");
  }

  @Test
  @DisplayName("AUD-05 a script gets every figure as JSON")
  void json() {
    assertThat(ok("evidence", "pack.html", "--json"))
        .contains("\"type\":\"report-evidence\"", "\"made\":\"2026-11-24T09:30:00Z\"")
        .contains("\"with-staff-encrypted\":{\"part\":1,\"of\":4}", "\"lost-unproven\":1")
        .contains("\"log\":\"none\"", "\"missing\":[\"audit-log\",\"other-logs\"]")
        .doesNotContain("\"overrides\":null");
  }

  @Test
  @DisplayName("AUD-05 nothing is written over without being asked to, and others cannot read it")
  void files() throws IOException {
    desk.file("pack.html", "mine");
    desk.file("folder/mine", "mine");

    assertThat(report("evidence", "pack.html").code()).isEqualTo(73);
    assertThat(report("evidence", "folder", "--format", "csv").code()).isEqualTo(73);
    assertThat(desk.text("pack.html")).isEqualTo("mine");
    ok("evidence", "pack.html", "--overwrite");
    ok("evidence", "folder", "--format", "csv", "--overwrite");
    assertThat(desk.text("pack.html")).startsWith("<!DOCTYPE html>");
    assertThat(desk.text("folder/mine")).isEqualTo("mine");
    ok("evidence", "new", "--format", "csv");
    for (String name : List.of("pack.html", "folder/summary.csv", "new/summary.csv")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path(name))))
          .isEqualTo("rw-------");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path("new"))))
        .isEqualTo("rwx------");
    try (var all = Files.list(desk.folder)) {
      assertThat(all.map(Path::toString)).noneMatch(name -> name.endsWith(".tmp"));
    }
  }

  private Path path(String name) {
    return desk.folder.resolve(name);
  }

  @Test
  @DisplayName("A format that nobody said or knows, and a folder that is not there, are refused")
  void refused() {
    assertThat(report("evidence", "pack").code()).isEqualTo(64);
    assertThat(report("evidence", "pack", "--format", "docx").code()).isEqualTo(64);
    assertThat(report("evidence", "no/where.pdf").code()).isIn(66, 73);
    assertThat(register.run("report", "evidence").code()).isEqualTo(64);
    assertThat(register.run("report").code()).isEqualTo(64);
  }

  @Test
  @DisplayName("AUD-01 who made which report stands in the audit log, also one that failed")
  void recorded() {
    assertThat(desk.run("audit", "begin").code()).isZero();
    ok("leavers", "l.pdf");
    assertThat(report("leavers", "l.pdf").code()).isEqualTo(73);

    assertThat(desk.run("audit", "show", "--action", "evidence-report", "--json").out().lines())
        .hasSize(2)
        .allMatch(line -> line.contains("\"id\":\"leavers\"") && line.contains("ig.lead"))
        .anyMatch(line -> line.contains("\"result\":\"succeeded\""))
        .anyMatch(line -> line.contains("\"result\":\"failed\""));
  }

  @Test
  @DisplayName(
      "AUD-02 AUD-05 a log that was changed is said to be so, in the report and as warning")
  void changedLog() throws Exception {
    assertThat(desk.run("audit", "begin").code()).isZero();
    register.ok("device", "lost", "NHS-2", "--reason", "left on a train");
    assertThat(ok("evidence", "sound.html", "--json")).contains("\"log\":\"sound\"");

    Path log;
    try (var files = Files.list(desk.state.auditLog())) {
      log = files.filter(file -> file.toString().endsWith(".log")).findFirst().orElseThrow();
    }
    Files.writeString(log, Files.readString(log).replaceFirst("device-lost", "device-find"));
    Result changed = report("evidence", "changed.html", "--json");

    assertThat(changed.code()).as(changed.err()).isZero();
    assertThat(changed.err()).contains("report-log-not-sound");
    assertThat(changed.out()).contains("\"log\":\"not-sound\"");
    assertThat(desk.text("changed.html")).contains("NOT as it was written");
  }

  @Test
  @DisplayName("AUD-06 GOV-03 the policy in the report: version, review, and whether it is genuine")
  void policy() throws IOException {
    desk.file(
        "policy.yaml",
        desk.run("policy", "show", "nhs-default").out()
            + "\nreview:\n  last: 2025-10-01\n  by: IG steering group\n");
    assertThat(desk.run("policy", "check", "policy.yaml").code()).isZero();

    Result result = report("overdue", "o.html", "--policy", "policy.yaml", "--json");

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err()).contains("policy-review-overdue");
    assertThat(result.out()).contains("\"policy-review\":\"overdue\"");
    assertThat(ok("evidence", "e.html", "--policy", "policy.yaml", "--json"))
        .contains("\"policy-reviewed\":\"2025-10-01\"", "\"policy-review-due\":\"2026-10-01\"")
        .contains("\"policy-signature\":\"not-checked\"", "\"policy\":\"file\"");
    assertThat(report("evidence", "n.html", "--public-key", "none.pub", "--policy", "policy.yaml"))
        .extracting(Result::code)
        .isEqualTo(66);
    assertThat(desk.has("n.html")).isFalse();
  }
}
