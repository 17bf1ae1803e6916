package uk.usbguard.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.usbguard.core.media.FileMedium;
import uk.usbguard.core.media.MediaScan;
import uk.usbguard.core.media.Medium;
import uk.usbguard.core.media.MediumReport;
import uk.usbguard.core.media.Verdict;

/** Some hundred media that real tools make, and forgeries of them, beside what libblkid says. */
class VerdictIT {

  private static final Path SCRIPTS = Processes.ROOT.resolve("e2e/src/test/scripts");
  private static final Path PAGE = Processes.ROOT.resolve("docs/verdict.md");
  private static final Map<String, String> PATH =
      Map.of("PATH", System.getenv("PATH") + ":/sbin:/usr/sbin");
  private static final int ENOUGH = 400;
  private static final long MEBIBYTE = 1 << 20;

  @TempDir private static Path temp;
  private static List<Made> media = List.of();

  /** A medium and the verdict that follows from how it was made. */
  private record Made(String name, Verdict expected, String how) {
    Path image() {
      return temp.resolve("corpus").resolve(name + ".img");
    }
  }

  @BeforeAll
  static void makeMedia() throws Exception {
    Path container = temp.resolve("letters.ugc");
    try (InputStream packed =
        new GZIPInputStream(
            Files.newInputStream(Processes.ROOT.resolve("docs/vectors/extents.ugc.gz")))) {
      Files.copy(packed, container);
    }
    Process maker =
        new ProcessBuilder(
                "python3",
                SCRIPTS.resolve("media_corpus.py").toString(),
                temp.resolve("corpus").toString(),
                container.toString())
            .redirectErrorStream(true)
            .start();
    maker.getOutputStream().close();
    String said = new String(maker.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(maker.waitFor()).as(said).isZero();
    List<Made> made = new ArrayList<>();
    for (String line : Files.readAllLines(temp.resolve("corpus/manifest.tsv"))) {
      String[] fields = line.split("\t", -1);
      made.add(new Made(fields[0], Verdict.valueOf(fields[1]), fields[2]));
    }
    media = made;
  }

  private static MediumReport scan(Made made) throws IOException {
    try (Medium medium = FileMedium.open(made.image())) {
      return MediaScan.scan(medium, false);
    }
  }

  @Test
  @DisplayName("USB-02 each of the media is what it was made to be, for at most 64 MiB of reading")
  void verdicts() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Made made : media) {
      MediumReport report = scan(made);
      assertThat(report.bytesRead()).as(made.name()).isLessThanOrEqualTo(64 * MEBIBYTE);
      if (report.verdict() != made.expected()) {
        wrong.add(made + " was " + report);
      }
    }
    assertThat(media).hasSizeGreaterThan(ENOUGH);
    assertThat(wrong).isEmpty();
  }

  @Test
  @DisplayName("USB-02 the table of docs/verdict.md is what libblkid and we say of the same media")
  void besideLibblkid() throws Exception {
    VerdictTable table = new VerdictTable();
    for (Made made : media) {
      MediumReport report = scan(made);
      table.add(made.name(), usage(made), code(report.verdict()), report.bytesRead());
    }
    String page = Files.readString(PAGE);
    String version = libblkid();
    String now = table.into(page, version);
    if (Boolean.getBoolean("verdict.write")) {
      Files.writeString(PAGE, now);
    } else {
      assumeTrue(version.equals(VerdictTable.version(page)), "another libblkid: " + version);
      assertThat(now).as("run scripts/make-verdict-table").isEqualTo(page);
    }
    assertThat(VerdictTable.unexplained(now)).as("rows without a reason").isEmpty();
  }

  private static String libblkid() throws Exception {
    var outcome = Processes.run(temp, PATH, List.of("blkid", "-V"));
    Matcher version = Pattern.compile("libblkid ([0-9.]+)").matcher(outcome.out() + outcome.err());
    assertThat(version.find()).as(outcome.toString()).isTrue();
    return version.group(1);
  }

  private static String code(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What udev would take it for: crypto, filesystem, raid, other, a table, or nothing. */
  private static String usage(Made made) throws IOException, InterruptedException {
    var outcome =
        Processes.run(temp, PATH, List.of("blkid", "-p", "-o", "export", made.image().toString()));
    String usage = "";
    String table = "";
    for (String line : outcome.out().lines().toList()) {
      if (line.startsWith("USAGE=")) {
        usage = line.substring(6);
      } else if (line.startsWith("PTTYPE=")) {
        table = "table";
      }
    }
    if (outcome.exitCode() == 8) {
      return "ambivalent";
    }
    return usage.isEmpty() ? (table.isEmpty() ? "nothing" : table) : usage;
  }
}
