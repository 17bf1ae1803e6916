package uk.usbguard.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.e2e.Guard.Result;

/** The reports as the real program writes them. */
class ReportIT {

  private static final String REGISTER =
      "tag,model,serial,owner,manager,organisation,purpose,dataClass,reviewDue,state\n"
          + "NHS-1,0951:1666,60A44C413FAEF471,a.nurse,m.anager,St Elsewhere,"
          + "Carries referral letters to the hospice,patient,2030-01-01,lost\n";

  @TempDir private Path temp;
  private Guard guard;

  @BeforeEach
  void fillTheRegister() throws Exception {
    guard = new Guard(temp);
    guard.file("devices.csv", REGISTER);
    ok("audit", "begin");
    ok("device", "import", "devices.csv", "--register", "r.db");
  }

  private Result ok(String... words) throws Exception {
    Result result = guard.run(words);
    assertThat(result.code()).as(List.of(words) + "\n" + result.err()).isZero();
    return result;
  }

  @Test
  @DisplayName("AUD-05 the evidence pack in each format, whole, by the program as it is shipped")
  void everyFormat() throws Exception {
    ok("report", "evidence", "--to", "e.html", "--register", "r.db");
    ok("report", "evidence", "--to", "e.pdf", "--register", "r.db");
    ok("report", "evidence", "--to", "csv", "--format", "csv", "--register", "r.db");

    assertThat(Files.readString(guard.folder.resolve("e.html")))
        .startsWith("<!DOCTYPE html>")
        .endsWith("</html>\n")
        .contains("NHS-1", "DSPT 9.5.2", "as it was written", "Organisation not recorded");
    String pdf =
        new String(Files.readAllBytes(guard.folder.resolve("e.pdf")), StandardCharsets.ISO_8859_1);
    assertThat(pdf).startsWith("%PDF-1.").endsWith("%%EOF\n");
    assertThat(guard.folder.resolve("csv/lost-drives.csv")).content().contains("NHS-1,");
    assertThat(ok("audit", "verify").code()).isZero();
  }

  @Test
  @DisplayName("AUD-05 a report that cannot be written leaves nothing, and is recorded as failed")
  void cannotWrite() throws Exception {
    guard.file("e.html", "mine");

    Result refused = guard.run("report", "evidence", "--to", "e.html", "--register", "r.db");

    assertThat(refused.code()).isEqualTo(73);
    assertThat(refused.err().lines()).hasSize(2);
    assertThat(guard.folder.resolve("e.html")).hasContent("mine");
    assertThat(ok("audit", "show", "--action", "evidence-report").out()).contains("failed");
  }

  @Test
  @DisplayName("AUD-05 100,000 drives are reported with 64 MiB of heap")
  void manyDrives() throws Exception {
    StringBuilder rows = new StringBuilder(REGISTER);
    for (int i = 0; i < 100_000; i++) {
      rows.append(
              REGISTER.lines().skip(1).findFirst().orElseThrow().replace("NHS-1,", "X" + i + ","))
          .append('\n');
    }
    guard.file("many.csv", rows.toString());
    ok("device", "import", "many.csv", "--register", "many.db");

    Result report =
        guard.shell(
            "USBGUARD_JAVA_OPTS=-Xmx64m usbguard report evidence --to many.html --register many.db"
                + " --json");

    assertThat(report.code()).as(report.err()).isZero();
    assertThat(report.out()).contains("\"entries\":100001,", "\"lost-drives\":100001");
    assertThat(Files.size(guard.folder.resolve("many.html"))).isLessThan(2_000_000);
  }
}
